package dev.capstan.engines;

import dev.capstan.engines.Engine.Purpose;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Words in braces that stand for something in a command's arguments. The text put in their place
 * stays within its argument and is never read by a shell, so an argument that could be a script
 * holds none.
 *
 * <p>A placeholder is a lower-case word in single braces, in a plain argument: one that is
 * otherwise made of letters, digits and {@code _ . / : = @ , + -}. Everything else stays as it is,
 * such as <code>${x}</code>, <code>@{u}</code>, <code>{{.Dir}}</code> or JSON. <code>{{word}</code>
 * is the text {@code {word}}.
 */
final class Placeholders {
  static final Pattern WORD =
      Pattern.compile("(?<![{$@])(?<open>\\{\\{?)(?<name>[a-z]+)\\}(?!\\})");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=@,+-]*");
  private static final Pattern FLAG_AND_WORD =
      Pattern.compile("(?<flag>-[A-Za-z0-9-]+)=\\{[a-z]+\\}");
  private static final Pattern TAKES_SCRIPT =
      Pattern.compile("-[A-Za-z]{0,2}[ceE]|--(eval|command)");

  /** Together in bytes; a command's arguments and variables may have 2 MiB on Linux. */
  private static final int MOST_BYTES = 1 << 20;

  private Placeholders() {}

  private enum Name {
    GOAL,
    BASE,
    STEP,
    RUN,
    FILES;

    static Optional<Name> of(String word) {
      return Stream.of(values()).filter(name -> name.word().equals(word)).findFirst();
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return '{' + word() + '}';
    }
  }

  /** What became of a command. */
  sealed interface Filled {
    /** The program and its arguments. */
    record Command(List<String> argv) implements Filled {
      public Command {
        argv = List.copyOf(argv);
      }
    }

    /** Why there is no such command. */
    record Impossible(String why) implements Filled {}
  }

  /** What is wrong with the placeholders of a command; empty if nothing is. */
  static Optional<String> fault(List<String> command) {
    for (int i = 0; i < command.size(); i++) {
      String before = i == 0 ? "" : command.get(i - 1);
      Matcher word = WORD.matcher(command.get(i));
      while (word.find()) {
        if (word.group("open").length() == 1) {
          Optional<String> fault = fault(i, before, command.get(i), word.group("name"));
          if (fault.isPresent()) {
            return fault;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> fault(int place, String before, String argument, String word) {
    boolean plain = isPlain(argument);
    Optional<Name> name = Name.of(word);
    String literally = "; for the text itself write {{" + word + "}";
    if (name.isEmpty()) {
      return plain
          ? Optional.of("{" + word + "} is no placeholder; there are " + all() + literally)
          : Optional.empty();
    }
    if (place == 0) {
      return Optional.of("the program cannot be named by the placeholder " + name.get());
    }
    if (!plain) {
      return Optional.of(
          name.get()
              + " stands in an argument that a program may read as a script: \""
              + argument
              + "\". Give it as an argument of its own, as in sh -c 'echo \"$1\"' sh "
              + name.get()
              + literally);
    }
    return switch (name.get()) {
      case BASE, STEP, RUN -> Optional.empty();
      case FILES ->
          argument.equals(Name.FILES.toString())
              ? afterFlag(before, Name.FILES.toString())
              : Optional.of("{files} is many arguments, so it must be one by itself" + literally);
      case GOAL -> ofAnyText(name.get().toString(), before, argument);
    };
  }

  /**
   * What is wrong with a placeholder that stands for any text; empty if nothing is.
   *
   * @param before the argument before
   */
  static Optional<String> ofAnyText(String word, String before, String argument) {
    if (argument.equals(word)) {
      return afterFlag(before, word);
    }
    Matcher flag = FLAG_AND_WORD.matcher(argument);
    return flag.matches()
        ? afterFlag(flag.group("flag"), word)
        : Optional.of(
            word
                + " is any text, so it must be an argument by itself, or all that follows --name=;"
                + " for the text itself write {"
                + word);
  }

  private static Optional<String> afterFlag(String flag, String name) {
    return TAKES_SCRIPT.matcher(flag).matches()
        ? Optional.of(name + " must not follow " + flag + ", after which programs take a script")
        : Optional.empty();
  }

  private static boolean isPlain(String argument) {
    return PLAIN.matcher(WORD.matcher(argument).replaceAll("")).matches();
  }

  private static String all() {
    return Stream.of(Name.values()).map(Name::toString).collect(Collectors.joining(", "));
  }

  /** The command with everything in its place. It has no {@link #fault}. */
  static Filled fill(List<String> command, Purpose purpose, Path tree) {
    List<String> argv = new ArrayList<>();
    for (String argument : command) {
      if (!argument.equals(Name.FILES.toString())) {
        argv.add(filled(argument, purpose));
        continue;
      }
      List<String> files = TreeFiles.in(tree, purpose.scope());
      if (files.isEmpty()) {
        return new Filled.Impossible(
            "{files} is nothing: no file of the repository is in the step's scope");
      }
      long bytes =
          files.stream().mapToLong(file -> file.getBytes(StandardCharsets.UTF_8).length).sum();
      if (bytes > MOST_BYTES) {
        return new Filled.Impossible(
            "{files} is %,d files, whose names are longer than a command line; give the step a narrower scope"
                .formatted(files.size()));
      }
      files.forEach(file -> argv.add(file.startsWith("-") ? "./" + file : file));
    }
    return new Filled.Command(argv);
  }

  private static String filled(String argument, Purpose purpose) {
    boolean plain = isPlain(argument);
    return WORD.matcher(argument)
        .replaceAll(word -> {
          String text = word.group();
          if (text.startsWith("{{")) {
            return Matcher.quoteReplacement(text.substring(1));
          }
          return Matcher.quoteReplacement(
              plain
                  ? Name.of(word.group("name")).map(name -> value(name, purpose)).orElse(text)
                  : text);
        });
  }

  private static String value(Name name, Purpose purpose) {
    return switch (name) {
      case GOAL -> purpose.goal();
      case BASE -> purpose.base().value();
      case STEP -> purpose.step().value();
      case RUN -> purpose.run().value();
      case FILES -> name.toString();
    };
  }
}
