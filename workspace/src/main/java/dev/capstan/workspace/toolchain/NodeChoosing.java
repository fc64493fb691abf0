package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * How the runner of a test script is told to run some test files. A script that names tests itself
 * would run those too, so where it does, the runner is called without them, or not at all.
 */
final class NodeChoosing {
  private static final Choosing NOT_PLAIN =
      new Choosing.Impossible("the test script is not one plain command of a known runner");
  private static final Pattern STRANGE = Pattern.compile("[^A-Za-z0-9_./:=@,+-]");
  private static final Set<String> WRAPPERS = Set.of("npx", "nyc", "c8");

  /** Options whose value is the next word. */
  private static final Set<String> NODE_VALUES =
      Set.of(
          "--import", "--require", "-r", "--loader", "--experimental-loader", "-C", "--conditions");

  private static final Set<String> MOCHA_VALUES =
      Set.of(
          "--require",
          "-r",
          "--timeout",
          "-t",
          "--ui",
          "-u",
          "--extension",
          "--config",
          "--retries",
          "--slow",
          "-s",
          "--package",
          "--import",
          "--loader",
          "--jobs",
          "-j");
  private static final Set<String> JEST_VALUES =
      Set.of("--config", "-c", "--maxWorkers", "-w", "--env", "--testTimeout", "--rootDir");
  private static final Set<String> VITEST_VALUES =
      Set.of(
          "--config", "-c", "--root", "-r", "--mode", "--environment", "--pool", "--testTimeout");

  private final List<String> words;

  private NodeChoosing(List<String> words) {
    this.words = words;
  }

  /** Node's: options of ours, then its own, then files. */
  static Choosing node(String script, List<String> start) {
    return options(List.of(script.strip().split("\\s+", -1)), "node", NODE_VALUES, true)
        .<Choosing>map(own -> files(start, own))
        .orElse(NOT_PLAIN);
  }

  /** Mocha's, called past npm. */
  static Choosing mocha(String script, List<String> reporter) {
    return options(List.of(script.strip().split("\\s+", -1)), "mocha", MOCHA_VALUES, true)
        .map(own -> files(List.of("npx", "--no-install", "mocha"), own))
        .<Choosing>map(own -> files(own.argv(), reporter))
        .orElse(NOT_PLAIN);
  }

  /** Jest's, by npm: none of the words after it may be a test. */
  static Choosing jest(List<String> lastCommand, List<String> argv) {
    return options(lastCommand, "jest", JEST_VALUES, false)
        .<Choosing>map(_ -> files(argv, List.of("--runTestsByPath")))
        .orElse(NOT_PLAIN);
  }

  /** Vitest's, by npm, alike. */
  static Choosing vitest(List<String> lastCommand, List<String> argv) {
    List<String> without = lastCommand.stream().filter(word -> !word.equals("run")).toList();
    return options(without, "vitest", VITEST_VALUES, false)
        .<Choosing>map(_ -> files(argv, List.of()))
        .orElse(NOT_PLAIN);
  }

  private static Choosing.Appended files(List<String> start, List<String> more) {
    return new Choosing.Appended(
        Stream.concat(start.stream(), more.stream()).toList(), Choosing.Form.FILES);
  }

  private static Optional<List<String>> options(
      List<String> words, String program, Set<String> withValue, boolean mayNameTests) {
    int at = words.indexOf(program);
    boolean plain =
        at >= 0
            && words.subList(0, at).stream()
                .allMatch(word -> WRAPPERS.contains(word) || word.startsWith("--"));
    return plain
        ? new NodeChoosing(words.subList(at + 1, words.size())).options(withValue, mayNameTests)
        : Optional.empty();
  }

  /** Without the tests; empty if a word needs a shell or, unless allowed, is a test. */
  private Optional<List<String>> options(Set<String> withValue, boolean mayNameTests) {
    List<String> options = new ArrayList<>();
    boolean value = false;
    for (String word : words) {
      boolean option = word.startsWith("-");
      boolean kept = option || value;
      boolean strange = STRANGE.matcher(word).find();
      if ((kept && strange) || (!kept && !mayNameTests) || isOfShell(word)) {
        return Optional.empty();
      }
      if (kept) {
        options.add(word);
      }
      value = option && withValue.contains(word);
    }
    return Optional.of(options);
  }

  /** More than one command, or what only a shell could say; globs of tests are left out anyway. */
  private static boolean isOfShell(String word) {
    return word.chars().anyMatch(c -> "&|;<>$`()\\".indexOf(c) >= 0);
  }
}
