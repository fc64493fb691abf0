package dev.capstan.engines.tasklist;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A task that says how it is done: words, then a command as inline code, as in <code>
 * sort the words: `sort -o words.txt words.txt`</code>.
 *
 * @param title the words; the command if there are none
 * @param arguments the program and its arguments; no shell reads them
 */
public record TaskCommand(String title, List<String> arguments) {
  private static final Pattern TASK = Pattern.compile("(?s)([^`]*?):?\\s*`([^`]+)`\\.?");
  private static final Pattern ARGUMENT =
      Pattern.compile("\\G\\s*(?:\"([^\"]*)\"|'([^']*)'|([^\\s\"']+))(?=\\s|$)");

  public TaskCommand {
    arguments = List.copyOf(arguments);
  }

  /** Empty if the task has no command, or one whose quotes cannot be told apart. */
  public static Optional<TaskCommand> of(String task) {
    Matcher matcher = TASK.matcher(task.strip());
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String command = matcher.group(2).strip();
    String words = matcher.group(1).strip();
    List<String> arguments = arguments(command);
    return arguments.isEmpty()
        ? Optional.empty()
        : Optional.of(new TaskCommand(words.isEmpty() ? command : words, arguments));
  }

  private static List<String> arguments(String command) {
    List<String> arguments = new ArrayList<>();
    Matcher matcher = ARGUMENT.matcher(command);
    int end = 0;
    while (matcher.find()) {
      end = matcher.end();
      for (int group = 1; group <= 3; group++) {
        if (matcher.group(group) != null) {
          arguments.add(matcher.group(group));
        }
      }
    }
    return end == command.length() ? arguments : List.of();
  }
}
