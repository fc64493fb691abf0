package dev.capstan.workspace.toolchain;

import java.util.List;

/**
 * How a work tree is set up and measured. All globs are those of {@code core.plan.Globs}: relative
 * to the work tree, or absolute under {@link #REPORTS}.
 *
 * @param name maven, gradle, go, cargo, npm, pytest, make or configured
 * @param because what was found, for people
 * @param setUp may use the network; run once per fingerprint
 * @param measure build, tests and coverage, in order; what follows a command that failed is not
 *     started. What an exit code tells of the tests is never more than {@link ExitCode} says
 * @param measureFillsCache the first measurement of a fingerprint needs the network and is its own
 *     set-up
 * @param reportGlobs where test reports are; empty when the tests cannot be told case by case
 * @param coverageGlobs where coverage reports are
 * @param analysisGlobs where static analysis and lint write what they find
 * @param repeats how many times more the tests run on each tree, to find flaky ones
 * @param fingerprint files that, unchanged, make another set-up needless
 * @param caches folders kept per project
 * @param executables programs that must be on the PATH
 * @param environment names of variables that are passed through when they are set
 * @param prepared folders of the work tree that set-up fills and every clone must hold again
 */
public record Toolchain(
    String name,
    List<String> because,
    List<ToolCommand> setUp,
    List<ToolCommand> measure,
    boolean measureFillsCache,
    List<String> reportGlobs,
    List<String> coverageGlobs,
    List<String> analysisGlobs,
    int repeats,
    List<String> fingerprint,
    List<Cache> caches,
    List<String> executables,
    List<String> environment,
    List<String> prepared) {
  /** A folder outside the work tree, writable and empty when a command starts. */
  public static final String REPORTS = "/capstan/reports";

  /** Where a repository tells its own toolchain. */
  public static final String CONFIGURATION = ".capstan/config.yaml";

  /** Where builds leave reports of static analysis by themselves; nothing of it is committed. */
  public static final List<String> USUAL_ANALYSIS =
      List.of(
          "**/target/checkstyle-result.xml",
          "**/target/spotbugsXml.xml",
          "**/target/pmd.xml",
          "**/target/*.sarif",
          "**/build/reports/checkstyle/*.xml",
          "**/build/reports/spotbugs/*.xml",
          "**/build/reports/pmd/*.xml",
          "**/build/reports/**/*.sarif");

  /** One whose reports of static analysis lie where builds leave them, and that runs once. */
  public Toolchain(
      String name,
      List<String> because,
      List<ToolCommand> setUp,
      List<ToolCommand> measure,
      boolean measureFillsCache,
      List<String> reportGlobs,
      List<String> coverageGlobs,
      List<String> fingerprint,
      List<Cache> caches,
      List<String> executables,
      List<String> environment,
      List<String> prepared) {
    this(
        name,
        because,
        setUp,
        measure,
        measureFillsCache,
        reportGlobs,
        coverageGlobs,
        USUAL_ANALYSIS,
        0,
        fingerprint,
        caches,
        executables,
        environment,
        prepared);
  }

  public Toolchain {
    because = List.copyOf(because);
    setUp = List.copyOf(setUp);
    measure = List.copyOf(measure);
    reportGlobs = List.copyOf(reportGlobs);
    coverageGlobs = List.copyOf(coverageGlobs);
    analysisGlobs = List.copyOf(analysisGlobs);
    fingerprint = List.copyOf(fingerprint);
    caches = List.copyOf(caches);
    executables = List.copyOf(executables);
    environment = List.copyOf(environment);
    prepared = List.copyOf(prepared);
  }

  /** The same, with no variable passed through. */
  public Toolchain withoutEnvironment() {
    return new Toolchain(
        name,
        because,
        setUp,
        measure,
        measureFillsCache,
        reportGlobs,
        coverageGlobs,
        analysisGlobs,
        repeats,
        fingerprint,
        caches,
        executables,
        List.of(),
        prepared);
  }

  /** The same with other measuring commands, once. */
  Toolchain measuring(List<ToolCommand> commands) {
    return new Toolchain(
        name,
        because,
        setUp,
        commands,
        measureFillsCache,
        reportGlobs,
        coverageGlobs,
        analysisGlobs,
        0,
        fingerprint,
        caches,
        executables,
        environment,
        prepared);
  }

  /** A path under {@link #REPORTS}. */
  static String report(String path) {
    return REPORTS + "/" + path;
  }
}
