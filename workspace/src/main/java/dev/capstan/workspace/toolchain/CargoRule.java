package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Cargo: cases from what {@code cargo test} prints; coverage where cargo-llvm-cov is there. */
final class CargoRule implements Rule {
  private static final Cache HOME = Cache.named("cargo");
  private static final String TEXT = "cargo-test.txt";
  private static final String LCOV = Toolchain.report("lcov.info");

  /** Which program a case belongs to stands in the standard error alone, so both are kept. */
  private static final String BOTH = "exec cargo \"$@\" 2>&1";

  private final BooleanSupplier hasCoverage;

  /**
   * @param hasCoverage whether cargo-llvm-cov is on the PATH
   */
  CargoRule(BooleanSupplier hasCoverage) {
    this.hasCoverage = hasCoverage;
  }

  @Override
  public Optional<Toolchain> match(WorkTree tree) throws Unusable {
    Optional<String> manifest = tree.text("Cargo.toml");
    return manifest.map(text ->
        toolchain(
            text.contains("[workspace]"), tree.has("Cargo.lock"), hasCoverage.getAsBoolean()));
  }

  private static Toolchain toolchain(boolean workspace, boolean locked, boolean covered) {
    List<String> scope = workspace ? List.of("--workspace") : List.of();
    return new Toolchain(
        "cargo",
        List.of(
            "Cargo.toml stands in the root" + (workspace ? " and has a workspace" : ""),
            locked ? "Cargo.lock" : "no Cargo.lock: versions are resolved at set-up",
            covered ? "coverage by cargo-llvm-cov" : "no coverage: install cargo-llvm-cov"),
        List.of(
            ToolCommand.online(
                locked ? List.of("cargo", "fetch", "--locked") : List.of("cargo", "fetch"),
                environment())),
        List.of(build(scope), tests(scope, covered)),
        false,
        List.of(Toolchain.report(TEXT)),
        covered ? List.of(LCOV) : List.of(),
        List.of("**/Cargo.toml", "Cargo.lock", ".cargo/config.toml", "rust-toolchain*"),
        List.of(HOME),
        covered ? List.of("cargo", "cargo-llvm-cov") : List.of("cargo"),
        Passed.and("RUSTUP_TOOLCHAIN"),
        List.of());
  }

  private static ToolCommand build(List<String> scope) {
    return ToolCommand.build(join(List.of("cargo", "test", "--no-run"), scope), environment())
        .withOfflineArguments("--offline");
  }

  private static ToolCommand tests(List<String> scope, boolean covered) {
    List<String> words =
        covered
            ? List.of("llvm-cov", "--no-fail-fast", "--lcov", "--output-path", LCOV)
            : List.of("test", "--no-fail-fast");
    List<String> argv = join(List.of("sh", "-c", BOTH, "cargo"), join(words, scope));
    List<String> chosen =
        join(List.of("sh", "-c", BOTH, "cargo", "test", "--no-fail-fast", "--offline"), scope);
    return ToolCommand.tests(argv, environment())
        .withOfflineArguments("--offline")
        .withOutput(new Output.Kept(TEXT))
        .chosenBy(new Choosing.Appended(chosen, Choosing.Form.CARGO));
  }

  private static Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    environment.put("CARGO_HOME", HOME.insidePath());
    environment.put("CARGO_TERM_COLOR", "never");
    environment.put("CARGO_INCREMENTAL", "0");
    return environment;
  }

  private static List<String> join(List<String> one, List<String> other) {
    List<String> all = new ArrayList<>(one);
    all.addAll(other);
    return List.copyOf(all);
  }

  @Override
  public String lookedFor() {
    return "Cargo.toml";
  }
}
