package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** pytest, with the packages of the interpreter that is found on this machine. */
final class PytestRule implements Rule {
  private static final Pattern TESTS = Pattern.compile("conftest\\.py|test_.*\\.py|.*_test\\.py");
  private static final String REPORT = Toolchain.report("pytest.xml");
  private static final String COVERAGE = Toolchain.report("coverage.xml");

  /** Where only coverage itself is there: its run and its report in one program. */
  private static final String COVERED =
      """
      import coverage, pytest, sys
      measured = coverage.Coverage(branch=True)
      measured.start()
      code = pytest.main(sys.argv[2:])
      measured.stop()
      measured.save()
      try:
        measured.xml_report(outfile=sys.argv[1])
      except coverage.CoverageException as none:
        print("no coverage:", none, file=sys.stderr)
      sys.exit(code)
      """;

  private final Supplier<Python> interpreter;

  PytestRule(Supplier<Python> interpreter) {
    this.interpreter = interpreter;
  }

  @Override
  public Optional<Toolchain> match(WorkTree tree) throws Unusable {
    Optional<String> sign = sign(tree);
    return sign.isEmpty()
        ? Optional.empty()
        : Optional.of(toolchain(sign.get(), interpreter.get(), tree.hasFolder("src")));
  }

  private static Optional<String> sign(WorkTree tree) throws Unusable {
    for (Map.Entry<String, String> place :
        List.of(
            Map.entry("pytest.ini", ""),
            Map.entry("pyproject.toml", "[tool.pytest"),
            Map.entry("setup.cfg", "[tool:pytest]"),
            Map.entry("tox.ini", "[pytest]"))) {
      if (tree.text(place.getKey()).filter(text -> text.contains(place.getValue())).isPresent()) {
        return Optional.of(place.getKey() + " configures pytest");
      }
    }
    return tree.named(TESTS).stream()
        .findFirst()
        .map(file -> file + " looks like a test of pytest");
  }

  private static Toolchain toolchain(String sign, Python python, boolean sources) {
    boolean covered = python.coverage() != Python.Coverage.NONE;
    return new Toolchain(
        "pytest",
        List.of(
            sign,
            told(python),
            covered ? "coverage is measured" : "no coverage: install pytest-cov"),
        List.of(),
        List.of(command(argv(python), environment(sources))),
        false,
        List.of(REPORT),
        covered ? List.of(COVERAGE) : List.of(),
        List.of("requirements*.txt", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini"),
        List.of(),
        List.of(python.executable()),
        Passed.and(),
        List.of());
  }

  private static String told(Python python) {
    return python.hasPytest()
        ? "pytest " + python.pytest() + " of " + python.executable()
        : "no python3 on the PATH has pytest: install it (pip install pytest) or name another in "
            + ConfiguredToolchain.FILE;
  }

  /** Named files would else make their own folder the root that cases are named from. */
  private static ToolCommand command(List<String> argv, Map<String, String> environment) {
    List<String> chosen = new ArrayList<>(argv);
    chosen.add("--rootdir=.");
    return ToolCommand.tests(argv, environment)
        .chosenBy(new Choosing.Appended(chosen, Choosing.Form.FILES));
  }

  private static List<String> argv(Python python) {
    List<String> argv = new ArrayList<>(List.of(python.executable()));
    switch (python.coverage()) {
      case PYTEST_COV, NONE -> argv.addAll(List.of("-m", "pytest"));
      case COVERAGE -> argv.addAll(List.of("-c", COVERED, COVERAGE));
    }
    argv.addAll(
        List.of("-p", "no:cacheprovider", "--junitxml=" + REPORT, "-o", "junit_family=xunit2"));
    if (python.coverage() == Python.Coverage.PYTEST_COV) {
      argv.addAll(List.of("--cov", "--cov-branch", "--cov-report=xml:" + COVERAGE));
    }
    return argv;
  }

  private static Map<String, String> environment(boolean sources) {
    Map<String, String> environment = new HashMap<>();
    environment.put("PYTHONDONTWRITEBYTECODE", "1");
    environment.put("COVERAGE_FILE", Toolchain.report(".coverage"));
    if (sources) {
      environment.put("PYTHONPATH", "src");
    }
    return environment;
  }

  @Override
  public String lookedFor() {
    return "pytest's configuration or test_*.py";
  }
}
