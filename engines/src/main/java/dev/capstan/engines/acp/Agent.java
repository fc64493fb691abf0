package dev.capstan.engines.acp;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a coding agent is started. In the words of its command, its variables and its files stand
 * {@code {models}}, the address of the gateway; {@code {key}}, good there for one attempt; {@code
 * {model}}, the name of the model; and {@code {home}}, a home folder of its own.
 *
 * @param name by which plans call it
 * @param command the program and its arguments; it speaks the protocol on its standard streams
 * @param environment all variables it gets beside the usual few
 * @param home files of its home folder, by their paths in it
 * @param model its usual model, as the gateway knows it
 * @param mode of its sessions, where it needs one
 * @param folders of the host that it needs to run, read-only
 * @param form how it is spoken to
 */
public record Agent(
    String name,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> home,
    String model,
    Optional<String> mode,
    Permissions permissions,
    List<Path> folders,
    Form form) {
  /** How an agent is spoken to. */
  public enum Form {
    /** By the Agent Client Protocol on its standard streams. */
    PROTOCOL,
    /**
     * By its command line, once: in its words {@code {prompt}} is what it is asked, and {@code
     * {promptFile}} a file that holds it.
     */
    COMMAND_LINE
  }

  /** One that speaks the protocol. */
  public Agent(
      String name,
      List<String> command,
      Map<String, String> environment,
      Map<String, String> home,
      String model,
      Optional<String> mode,
      Permissions permissions,
      List<Path> folders) {
    this(name, command, environment, home, model, mode, permissions, folders, Form.PROTOCOL);
  }

  public Agent {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    home = Map.copyOf(home);
    folders = List.copyOf(folders);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("agent " + name + " has no command");
    }
    if (form == Form.COMMAND_LINE
        && command.stream()
            .noneMatch(word -> word.contains(PROMPT) || word.contains(PROMPT_FILE))) {
      throw new IllegalArgumentException(
          "agent "
              + name
              + " is never told what to do: its command has neither {prompt} nor {promptFile}");
    }
    home.keySet().forEach(path -> requireWithin(name, path));
  }

  static final String PROMPT = "{prompt}";
  static final String PROMPT_FILE = "{promptFile}";

  private static void requireWithin(String name, String path) {
    Path file = Path.of(path).normalize();
    if (file.isAbsolute() || file.startsWith("..") || file.toString().isEmpty()) {
      throw new IllegalArgumentException(
          "agent " + name + ": a file of its home is a path within it, not " + path);
    }
  }

  /** What stands for the words in braces. */
  record Given(String models, String key, String model, String home) {
    String into(String text) {
      return text.replace("{models}", models)
          .replace("{key}", key)
          .replace("{model}", model)
          .replace("{home}", home);
    }

    Map<String, String> into(Map<String, String> texts) {
      return texts.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, text -> into(text.getValue())));
    }
  }

  List<String> command(Given given) {
    return command.stream().map(word -> given.into(word)).toList();
  }
}
