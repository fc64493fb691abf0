package dev.capstan.workspace.toolchain;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An interpreter of this machine.
 *
 * @param executable absolute; the interpreter itself, not a shim that picks one
 * @param pytest its version, "-" where it is missing
 */
record Python(String executable, String pytest, Coverage coverage) {
  private static final String MISSING = "-";
  private static final String FALLBACK = "/usr/bin/python3";

  /** Isolated (-I), so that neither a repository nor a variable can put modules in front. */
  private static final String QUESTION =
      """
      import sys
      from importlib.util import find_spec
      print(sys.executable)
      try:
        import pytest
        print(pytest.__version__)
      except ImportError:
        print("-")
      print("PYTEST_COV" if find_spec("pytest_cov") else "COVERAGE" if find_spec("coverage") else "NONE")
      """;

  /** What can measure coverage. */
  enum Coverage {
    PYTEST_COV,
    COVERAGE,
    NONE
  }

  /** The first on the PATH in which pytest imports, else the system's. */
  static Python find() {
    return Stream.concat(Probe.onPath("python3").stream(), Probe.onPath("python").stream())
        .map(Python::ask)
        .flatMap(Optional::stream)
        .filter(Python::hasPytest)
        .findFirst()
        .orElseGet(() -> new Python(FALLBACK, MISSING, Coverage.NONE));
  }

  static Optional<Python> ask(Path program) {
    return Probe.answer(List.of(program.toString(), "-I", "-B", "-c", QUESTION))
        .map(answer -> answer.lines().toList())
        .filter(lines -> lines.size() == 3 && lines.getFirst().startsWith("/"))
        .map(lines -> new Python(lines.getFirst(), lines.get(1), coverage(lines.get(2))));
  }

  boolean hasPytest() {
    return !pytest.equals(MISSING);
  }

  private static Coverage coverage(String line) {
    return Stream.of(Coverage.values())
        .filter(known -> known.name().equals(line))
        .findFirst()
        .orElse(Coverage.NONE);
  }
}
