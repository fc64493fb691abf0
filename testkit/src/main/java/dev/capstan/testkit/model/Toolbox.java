package dev.capstan.testkit.model;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Chooses among the tools that a request offers, as agents name them. */
final class Toolbox {
  private static final List<String> WRITERS =
      List.of("Write", "write", "write_file", "create_file");
  private static final List<String> EDITORS = List.of("Edit", "edit", "replace", "edit_file");
  private static final List<String> READERS = List.of("Read", "read", "read_file");
  private static final List<String> SHELLS =
      List.of("exec_command", "shell_command", "shell", "Bash", "bash", "run_shell_command", "run");

  private static final List<String> PATH =
      List.of("file_path", "filePath", "path", "absolute_path");
  private static final List<String> CONTENT = List.of("content", "contents", "file_text");
  private static final List<String> OLD = List.of("old_string", "oldString", "old_str", "old");
  private static final List<String> NEW = List.of("new_string", "newString", "new_str", "new");
  private static final List<String> COMMAND = List.of("command", "cmd");

  private final List<Tool> offered;
  private final Script script;

  Toolbox(List<Tool> offered, Script script) {
    this.offered = offered;
    this.script = script;
  }

  /** Throws {@link IllegalStateException} if no tool can do it. */
  ToolCall call(String id, ToolUse use) {
    return switch (use) {
      case ToolUse.Write(var path, var content) ->
          first(WRITERS)
              .map(tool -> new Arguments(tool).put(PATH, place(path)).put(CONTENT, content).as(id))
              .orElseGet(() -> run(id, writing(path, content)));
      case ToolUse.Edit(var path, var old, var replacement) ->
          new Arguments(require(EDITORS, use))
              .put(PATH, place(path))
              .put(OLD, old)
              .put(NEW, replacement)
              .as(id);
      case ToolUse.Read(var path) ->
          first(READERS)
              .map(tool -> new Arguments(tool).put(PATH, place(path)).as(id))
              .orElseGet(() -> run(id, "cat " + quoted(path)));
      case ToolUse.Run(var command) -> run(id, command);
      case ToolUse.Named(var name, var arguments) -> new ToolCall(id, name, arguments);
    };
  }

  private String place(String path) {
    return script.place(path);
  }

  private ToolCall run(String id, String command) {
    return new Arguments(require(SHELLS, new ToolUse.Run(command))).put(COMMAND, command).as(id);
  }

  private static String writing(String path, String content) {
    Path folder = Path.of(path).getParent();
    String first = folder == null ? "" : "mkdir -p " + quoted(folder.toString()) + " && ";
    return first + "printf %s " + quoted(content) + " > " + quoted(path);
  }

  private static String quoted(String text) {
    return '\'' + text.replace("'", "'\\''") + '\'';
  }

  private Optional<Tool> first(List<String> names) {
    return names.stream()
        .flatMap(name -> offered.stream().filter(tool -> tool.name().equals(name)))
        .findFirst();
  }

  private Tool require(List<String> names, ToolUse use) {
    return first(names)
        .orElseThrow(() ->
            new IllegalStateException(
                "none of the tools offered can do "
                    + use
                    + ": "
                    + offered.stream().map(Tool::name).toList()));
  }

  /** Fills a tool's arguments by the names that it has for them. */
  private static final class Arguments {
    private final Tool tool;
    private final Map<String, Object> values = new LinkedHashMap<>();

    Arguments(Tool tool) {
      this.tool = tool;
    }

    Arguments put(List<String> names, String value) {
      String name = tool.argument(names).orElse(names.getFirst());
      values.put(name, tool.takesList(name) ? List.of("bash", "-lc", value) : value);
      return this;
    }

    ToolCall as(String id) {
      if (tool.requires("description")) {
        values.put("description", "scripted");
      }
      return new ToolCall(id, tool.name(), values);
    }
  }
}
