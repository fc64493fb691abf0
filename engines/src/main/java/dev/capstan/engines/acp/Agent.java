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
 */
public record Agent(
    String name,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> home,
    String model,
    Optional<String> mode,
    Permissions permissions,
    List<Path> folders) {
  public Agent {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
    home = Map.copyOf(home);
    folders = List.copyOf(folders);
    if (command.isEmpty() || command.getFirst().isBlank()) {
      throw new IllegalArgumentException("agent " + name + " has no command");
    }
    home.keySet().forEach(path -> requireWithin(name, path));
  }

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
