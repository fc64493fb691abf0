package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** npm and pnpm: the test script tells the runner, the lock file the way to install. */
final class NpmRule implements Rule {
  private static final Cache PNPM_STORE = Cache.named("pnpm");
  private static final List<String> FINGERPRINT =
      List.of(
          "**/package.json",
          "package-lock.json",
          "npm-shrinkwrap.json",
          "pnpm-lock.yaml",
          "pnpm-workspace.yaml",
          ".npmrc");

  private static final String[] LOCKS = {
    "package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml"
  };
  private static final List<Map.Entry<String, String>> OTHERS =
      List.of(
          Map.entry("yarn.lock", "yarn"),
          Map.entry("bun.lock", "bun"),
          Map.entry("bun.lockb", "bun"));

  private static final List<String> MOCHA_SETTINGS =
      List.of(
          ".mocharc.js",
          ".mocharc.cjs",
          ".mocharc.yaml",
          ".mocharc.yml",
          ".mocharc.json",
          ".mocharc.jsonc");

  /** How packages are installed. */
  private enum Installer {
    NPM_LOCKED,
    NPM,
    PNPM
  }

  @Override
  public Optional<Toolchain> match(WorkTree tree) throws Unusable {
    Optional<String> text = tree.text("package.json");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    PackageJson json = PackageJson.parse(text.get());
    refuseOthers(tree, json);
    Installer installer = installer(tree);
    NodeTests all = NodeTests.of(json);
    NodeTests tests = namesTests(tree, json) ? all.withoutChoice() : all;
    return Optional.of(toolchain(json, installer, tests));
  }

  /** Mocha runs what its settings name beside what it is told. */
  private static boolean namesTests(WorkTree tree, PackageJson json) throws Unusable {
    for (String settings : MOCHA_SETTINGS) {
      if (tree.text(settings).filter(text -> text.contains("spec")).isPresent()) {
        return true;
      }
    }
    return json.root().path("mocha").has("spec");
  }

  /** Without their lock file other versions would be tested than the ones the project means. */
  private static void refuseOthers(WorkTree tree, PackageJson json) throws Unusable {
    boolean ours = Stream.of(LOCKS).anyMatch(tree::has);
    for (Map.Entry<String, String> other : OTHERS) {
      if (!ours && json.needsSetUp() && tree.has(other.getKey())) {
        throw new Unusable(
            """
            %s is of %s, which Capstan does not install with. Commit package-lock.json or \
            pnpm-lock.yaml instead, or tell set_up, measure, reports and prepared in %s, such as \
            set_up: [[%s, install]] and prepared: [node_modules].\
            """
                .formatted(
                    other.getKey(), other.getValue(), ConfiguredToolchain.FILE, other.getValue()));
      }
    }
  }

  private static Toolchain toolchain(PackageJson json, Installer installer, NodeTests tests) {
    boolean pnpm = installer == Installer.PNPM;
    return new Toolchain(
        Npm.NAME,
        because(installer, tests),
        json.needsSetUp() ? List.of(setUp(installer)) : List.of(),
        measure(json, tests),
        false,
        tests.reports(),
        tests.coverage(),
        FINGERPRINT,
        List.of(pnpm ? PNPM_STORE : Npm.CACHE),
        pnpm ? List.of("node", "npm", "pnpm") : List.of("node", "npm"),
        Passed.and("NPM_CONFIG_REGISTRY", "npm_config_registry", "NODE_EXTRA_CA_CERTS"),
        json.needsSetUp() ? List.of("node_modules") : List.of());
  }

  private static List<String> because(Installer installer, NodeTests tests) {
    String install =
        switch (installer) {
          case NPM_LOCKED -> "a lock file of npm";
          case NPM -> "no lock file: versions are resolved at set-up";
          case PNPM -> "pnpm-lock.yaml";
        };
    return List.of("package.json stands in the root", install, tests.reason());
  }

  private static Installer installer(WorkTree tree) {
    if (tree.has("pnpm-lock.yaml")) {
      return Installer.PNPM;
    }
    boolean locked = tree.has("package-lock.json") || tree.has("npm-shrinkwrap.json");
    return locked ? Installer.NPM_LOCKED : Installer.NPM;
  }

  private static ToolCommand setUp(Installer installer) {
    List<String> argv =
        switch (installer) {
          case NPM_LOCKED -> join(List.of("npm", "ci"), Npm.QUIET);
          case NPM -> join(List.of("npm", "install", "--no-save", "--no-package-lock"), Npm.QUIET);
          case PNPM ->
              List.of(
                  "pnpm",
                  "install",
                  "--frozen-lockfile",
                  "--ignore-scripts",
                  "--store-dir",
                  PNPM_STORE.insidePath());
        };
    return ToolCommand.online(argv, Npm.environment());
  }

  private static List<ToolCommand> measure(PackageJson json, NodeTests tests) {
    List<ToolCommand> commands = new ArrayList<>();
    if (json.script("build").isPresent()) {
      commands.add(ToolCommand.build(List.of("npm", "run", "build"), Npm.environment()));
    }
    tests.command(Npm.environment()).ifPresent(commands::add);
    return commands;
  }

  private static List<String> join(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  @Override
  public String lookedFor() {
    return "package.json";
  }
}
