package dev.capstan.engines.planner;

import java.util.List;
import java.util.Set;

/** Where the tests of a source file stand, by what is usual in its language. */
public final class TestPlaces {
  private static final Set<String> SCRIPTS = Set.of("js", "cjs", "mjs", "jsx", "ts", "tsx");
  private static final String MAIN = "src/main/";

  private TestPlaces() {}

  /**
   * The path of the test file for a source file: one that is there, else where one would be made.
   *
   * @param paths of all files
   */
  public static String of(String source, Set<String> paths) {
    List<String> usual = usual(source);
    return usual.stream().filter(paths::contains).findFirst().orElse(usual.getFirst());
  }

  /** The first is where a new one is made. */
  private static List<String> usual(String source) {
    int slash = source.lastIndexOf('/') + 1;
    int dot = source.lastIndexOf('.') > slash ? source.lastIndexOf('.') : source.length();
    String folder = source.substring(0, slash);
    String name = source.substring(slash, dot);
    String ending = source.substring(dot);
    return switch (ending.isEmpty() ? "" : ending.substring(1)) {
      case "java", "kt", "groovy", "scala" -> jvm(folder, name, ending);
      case "py" ->
          List.of(
              "tests/test_" + name + ending,
              folder + "test_" + name + ending,
              folder + name + "_test" + ending,
              folder + "tests/test_" + name + ending,
              "test/test_" + name + ending);
      case "go" -> List.of(folder + name + "_test" + ending);
      case "rs" -> List.of("tests/" + name + ending);
      case String script when SCRIPTS.contains(script) ->
          List.of(
              folder + name + ".test" + ending,
              folder + name + ".spec" + ending,
              folder + "__tests__/" + name + ".test" + ending,
              "test/" + name + ".test" + ending,
              "tests/" + name + ".test" + ending);
      case String _ -> List.of("tests/" + name + "_test" + ending, "test/" + name + ending);
    };
  }

  private static List<String> jvm(String folder, String name, String ending) {
    int main = ("/" + folder).indexOf("/" + MAIN);
    String tests =
        main < 0
            ? folder
            : folder.substring(0, main) + "src/test/" + folder.substring(main + MAIN.length());
    return List.of(
        tests + name + "Test" + ending,
        tests + name + "Tests" + ending,
        tests + name + "TestCase" + ending,
        tests + "Test" + name + ending);
  }
}
