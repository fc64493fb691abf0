package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The test script of a package: which runner it ends in, read from its words. A script is a shell
 * command line; npm appends our arguments to its end, so only the last command counts.
 */
record TestScript(String line) {
  private static final Pattern SEPARATOR = Pattern.compile("&&|\\|\\||[;|&\\n]");
  private static final Pattern ASSIGNMENT = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*=.*");
  private static final Pattern SHELL = Pattern.compile("[^A-Za-z0-9_./:=@ ,+-]");
  private static final Set<String> WRAPPERS =
      Set.of("npx", "cross-env", "c8", "nyc", "pnpm", "exec", "env", "yarn");

  /** The program that is given the arguments appended to the script. */
  Runner runner() {
    List<String> words = lastCommand();
    String program = program(words);
    return switch (program) {
      case "node" -> words.contains("--test") ? Runner.NODE : Runner.UNKNOWN;
      case "vitest" -> Runner.VITEST;
      case "jest" -> Runner.JEST;
      case "react-scripts" -> words.contains("test") ? Runner.JEST : Runner.UNKNOWN;
      case "mocha" -> Runner.MOCHA;
      case "ava" -> Runner.AVA;
      case "tape" -> Runner.TAPE;
      case "tap" -> Runner.TAP;
      default -> Runner.UNKNOWN;
    };
  }

  /** The words, when the script is one plain command that needs no shell; else empty. */
  List<String> plainWords() {
    boolean plain = !SHELL.matcher(line).find() && !ASSIGNMENT.matcher(line).lookingAt();
    return plain ? List.of(line.strip().split(" +", -1)) : List.of();
  }

  /** {@link #plainWords} without these options and their values. */
  List<String> plainWordsWithout(String... options) {
    return without(plainWords(), options);
  }

  /** All words, plain or not, without these options and their values. */
  List<String> wordsWithout(String... options) {
    return without(List.of(line.strip().split("\\s+", -1)), options);
  }

  private static List<String> without(List<String> words, String... options) {
    List<String> left = new ArrayList<>();
    boolean value = false;
    for (String word : words) {
      boolean option = List.of(options).contains(word);
      boolean joined = List.of(options).stream().anyMatch(name -> word.startsWith(name + "="));
      if (!value && !option && !joined) {
        left.add(word);
      }
      value = option;
    }
    return left;
  }

  /** The words of the command that the arguments go to. */
  List<String> lastCommand() {
    String[] commands = SEPARATOR.split(line, -1);
    return commands.length == 0
        ? List.of()
        : List.of(commands[commands.length - 1].strip().split("\\s+", -1));
  }

  private static String program(List<String> words) {
    List<String> left = new ArrayList<>(words);
    while (left.size() > 1 && passesOn(left.getFirst())) {
      left.removeFirst();
    }
    String first = left.isEmpty() ? "" : left.getFirst();
    String name = first.substring(first.lastIndexOf('/') + 1);
    return name.endsWith(".js") ? name.substring(0, name.length() - 3) : name;
  }

  private static boolean passesOn(String word) {
    return WRAPPERS.contains(word) || word.startsWith("-") || ASSIGNMENT.matcher(word).matches();
  }

  /** Programs that run tests; each has its own way to write a report. */
  enum Runner {
    NODE,
    VITEST,
    JEST,
    MOCHA,
    AVA,
    TAPE,
    TAP,
    UNKNOWN
  }
}
