package dev.capstan.testkit.model;

import java.util.Map;

/** What a model wants done. Which tool does it depends on those that a request offers. */
public sealed interface ToolUse {
  /** Replaces or makes a file; where no tool writes files, a command does. */
  record Write(String path, String content) implements ToolUse {}

  /** Replaces a piece of a file. */
  record Edit(String path, String old, String replacement) implements ToolUse {}

  record Read(String path) implements ToolUse {}

  /** Runs a command by a shell. */
  record Run(String command) implements ToolUse {}

  /** A tool by its name, with these arguments. */
  record Named(String tool, Map<String, Object> arguments) implements ToolUse {
    public Named {
      arguments = Map.copyOf(arguments);
    }
  }
}
