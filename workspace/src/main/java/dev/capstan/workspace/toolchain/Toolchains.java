package dev.capstan.workspace.toolchain;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out how a work tree is built and tested. Reads only; starts nothing of the repository. */
public final class Toolchains {
  private static final List<Rule> RULES =
      List.of(
          new MavenRule(),
          new GradleRule(() -> !Probe.onPath("gradle").isEmpty()),
          new GoRule(),
          new CargoRule(() -> !Probe.onPath("cargo-llvm-cov").isEmpty()),
          new NpmRule(),
          new PytestRule(Python::find),
          new MakeRule());

  private Toolchains() {}

  /**
   * The toolchain that the files show, with what {@code .capstan/config.yaml} tells put over it.
   *
   * @throws java.io.UncheckedIOException when the work tree cannot be read
   */
  public static Detection detect(Path workTree) {
    WorkTree tree = new WorkTree(workTree);
    try {
      Optional<ConfigFile.Entry> configured = ConfiguredToolchain.read(tree);
      if (configured.isPresent()) {
        return new Detection.Found(
            ConfiguredToolchain.over(below(configured.get(), tree), configured.get()));
      }
      return bySigns(tree).<Detection>map(Detection.Found::new).orElseGet(Toolchains::nothing);
    } catch (Unusable file) {
      return new Detection.Broken(file.problem());
    }
  }

  /** Whether a program of a toolchain is on this machine, by name on the PATH or by its path. */
  public static boolean isInstalled(String executable) {
    return executable.startsWith("/")
        ? Files.isExecutable(Path.of(executable))
        : !Probe.onPath(executable).isEmpty();
  }

  /** What the configuration is put over; where it tells how to measure, a bad sign is no matter. */
  private static Optional<Toolchain> below(ConfigFile.Entry configured, WorkTree tree)
      throws Unusable {
    try {
      return bySigns(tree);
    } catch (Unusable sign) {
      if (configured.at("measure").given()) {
        return Optional.empty();
      }
      throw sign;
    }
  }

  /** The first that leaves reports, else the first at all. */
  private static Optional<Toolchain> bySigns(WorkTree tree) throws Unusable {
    List<Toolchain> silent = new ArrayList<>();
    for (Rule rule : RULES) {
      Optional<Toolchain> match = rule.match(tree);
      if (match.isPresent() && !match.get().reportGlobs().isEmpty()) {
        return match;
      }
      match.ifPresent(silent::add);
    }
    return silent.stream().findFirst();
  }

  private static Detection nothing() {
    String lookedFor = RULES.stream().map(Rule::lookedFor).collect(Collectors.joining(", "));
    return new Detection.Nothing(
        """
        No toolchain found. Looked in the root for %s. Tell it in %s:
        toolchain:
          measure:
            - [make, test]
          reports: ["**/junit.xml"]\
        """
            .formatted(lookedFor, ConfiguredToolchain.FILE));
  }
}
