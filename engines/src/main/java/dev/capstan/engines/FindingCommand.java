package dev.capstan.engines;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A command for one file each of many, in which {@code {file}}, {@code {test}} and {@code {lines}}
 * stand for what was found. The names come from a repository, so they become an argument by itself,
 * or all that follows {@code --name=}, and never part of a script.
 */
public final class FindingCommand {
  private static final String UNSPEAKABLE = "*?\\";

  private FindingCommand() {}

  /**
   * What the words stand for.
   *
   * @param file path of the file in which something was found
   * @param test path of the file that the step may change for it
   * @param lines such as {@code 3,7-9}
   */
  public record About(String file, String test, String lines) {}

  private enum Word {
    FILE,
    TEST,
    LINES;

    static Optional<Word> of(String word) {
      return Stream.of(values()).filter(name -> name.toString().equals(word)).findFirst();
    }

    String of(About about) {
      return switch (this) {
        case FILE -> argument(about.file());
        case TEST -> argument(about.test());
        case LINES -> about.lines();
      };
    }

    private static String argument(String path) {
      return path.startsWith("-") ? "./" + path : path;
    }

    @Override
    public String toString() {
      return '{' + name().toLowerCase(Locale.ROOT) + '}';
    }
  }

  /** Whether a command is one for each file. */
  public static boolean isMeant(List<String> command) {
    return command.stream().anyMatch(argument -> !words(argument).isEmpty());
  }

  /** What is wrong with it; empty if nothing is. */
  public static Optional<String> fault(List<String> command) {
    for (int place = 0; place < command.size(); place++) {
      String before = place == 0 ? "" : command.get(place - 1);
      for (Word word : words(command.get(place))) {
        Optional<String> fault =
            place == 0
                ? Optional.of("the program cannot be named by the placeholder " + word)
                : Placeholders.ofAnyText(word.toString(), before, command.get(place));
        if (fault.isPresent()) {
          return fault;
        }
      }
    }
    return isMeant(command)
        ? Optional.empty()
        : Optional.of(
            "the command is carried out for one file at a time, so it names that file: "
                + Stream.of(Word.values()).map(Word::toString).collect(Collectors.joining(", ")));
  }

  /** The command for one file. It has no {@link #fault}, and the file is {@link #isSpeakable}. */
  public static List<String> fill(List<String> command, About about) {
    return command.stream()
        .map(argument -> {
          String filled = argument;
          for (Word word : words(argument)) {
            filled = filled.replace(word.toString(), escaped(word.of(about)));
          }
          return filled;
        })
        .toList();
  }

  /** False for names that a scope or a command's argument would read as something else. */
  public static boolean isSpeakable(String path) {
    return !path.contains("{{")
        && path.codePoints()
            .noneMatch(c -> UNSPEAKABLE.indexOf(c) >= 0 || Character.isISOControl(c));
  }

  /** What is filled in is looked at once more for placeholders, when it is carried out. */
  private static String escaped(String text) {
    return Placeholders.WORD
        .matcher(text)
        .replaceAll(word -> Matcher.quoteReplacement("{" + word.group()));
  }

  private static List<Word> words(String argument) {
    return Placeholders.WORD
        .matcher(argument)
        .results()
        .filter(word -> word.group("open").length() == 1)
        .flatMap(word -> Word.of(word.group()).stream())
        .distinct()
        .toList();
  }
}
