package dev.capstan.verification.nearest;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which files a runner takes for tests, by the usual names; fewer than those that judge, since what
 * stands beside tests can't be run by itself.
 */
final class TestFiles {
  private static final Pattern JVM =
      Pattern.compile("(?:Test\\w*|\\w*(?:Test|Tests|TestCase))\\.(?:java|kt|groovy|scala)");
  private static final Pattern SPEC = Pattern.compile("\\w*Spec\\.(?:kt|groovy|scala)");
  private static final Pattern PYTHON = Pattern.compile("test_.*\\.py|.*_test\\.py");
  private static final Pattern SCRIPT = Pattern.compile(".*\\.(?:[cm]?[jt]sx?)");
  private static final Pattern SCRIPT_TEST =
      Pattern.compile("(?:.*[._-])?(?:test|spec)\\.(?:[cm]?[jt]sx?)");
  private static final Set<String> SCRIPT_FOLDERS = Set.of("test", "tests", "__tests__", "spec");
  private static final Set<String> BESIDE =
      Set.of(
          "fixtures",
          "__fixtures__",
          "fixture",
          "helpers",
          "support",
          "mocks",
          "__mocks__",
          "__snapshots__",
          "utils");
  private static final Pattern RUST = Pattern.compile("(?:.*/)?tests/(?:\\w+|\\w+/main)\\.rs");
  private static final Pattern RUST_TEST = Pattern.compile("#\\[(?:\\w{1,40}::)?test\\b");

  private TestFiles() {}

  /** Whether the file holds tests of its own; its text matters for Rust only. */
  static boolean isTest(String path, String text) {
    String name = Paths.name(path);
    return switch (Paths.ending(path)) {
      case "java", "kt", "groovy", "scala" ->
          !("/" + path).contains("/src/main/")
              && (JVM.matcher(name).matches() || SPEC.matcher(name).matches());
      case "py" -> PYTHON.matcher(name).matches();
      case "go" -> name.endsWith("_test.go");
      case "rs" -> RUST.matcher(path).matches() || RUST_TEST.matcher(text).find();
      default -> isScriptTest(path, name);
    };
  }

  private static boolean isScriptTest(String path, String name) {
    if (!SCRIPT.matcher(name).matches() || name.endsWith(".d.ts")) {
      return false;
    }
    if (SCRIPT_TEST.matcher(name).matches()) {
      return true;
    }
    boolean inside = false;
    for (String part : Paths.folder(path).split("/", -1)) {
      if (BESIDE.contains(part)) {
        return false;
      }
      inside |= SCRIPT_FOLDERS.contains(part);
    }
    return inside;
  }
}
