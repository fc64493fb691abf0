package dev.capstan.engines.builtin;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.Workbench;
import dev.capstan.engines.Workbench.Content;
import dev.capstan.engines.chat.Tool;
import dev.capstan.engines.chat.ToolCall;
import dev.capstan.engines.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tools of the built-in agent in a role, and what they do. */
final class Toolset {
  private static final int MOST_PATHS = 500;
  private static final int MOST_HITS = 60;
  private static final int LONGEST_LINE = 400;
  private static final int LONGEST_READING = 60_000;

  private static final Tool LIST =
      new Tool(
          "list_files",
          "Lists paths of files.",
          Map.of("glob", "which, such as src/**/*.java; all if left out"),
          List.of());
  private static final Tool SEARCH =
      new Tool(
          "search",
          "Finds lines that hold all of some words, whatever their case.",
          Map.of("words", "separated by spaces", "glob", "in which files; all if left out"),
          List.of("words"));
  private static final Tool READ =
      new Tool(
          "read_file",
          "Reads a file, or some of its lines.",
          Map.of("path", "of the file", "from", "first line, from 1", "to", "last line"),
          List.of("path"));
  private static final Tool EDIT =
      new Tool(
          "edit_file",
          "Replaces a text that stands exactly once in a file.",
          Map.of("path", "of the file", "old", "as it stands there", "new", "what is to be there"),
          List.of("path", "old", "new"));
  private static final Tool WRITE =
      new Tool(
          "write_file",
          "Makes a file, or replaces all of it.",
          Map.of("path", "of the file", "content", "all of it"),
          List.of("path", "content"));
  private static final Tool DELETE =
      new Tool("delete_file", "Deletes a file.", Map.of("path", "of the file"), List.of("path"));
  private static final Tool TEST =
      new Tool(
          "run_tests",
          "Builds the project and runs its tests on the files as they are now.",
          Map.of(),
          List.of());
  private static final Tool ASK =
      new Tool(
          "ask",
          "Asks a person. Your work ends here; you begin again with the answer.",
          Map.of("question", "one question, with what you need to know to go on"),
          List.of("question"));
  private static final Tool FINISH =
      new Tool(
          "finish",
          "Ends your work.",
          Map.of(
              "done", "yes if your step is done as asked, else no",
              "summary", "what you did or found, in two or three sentences",
              "open", "what is left to do, or is not certain; may be left out"),
          List.of("done", "summary"));

  private final Role role;
  private final Workbench bench;
  private final Edits edits;

  Toolset(Role role, Workbench bench, Edits edits) {
    this.role = role;
    this.bench = bench;
    this.edits = edits;
  }

  /** What came of a call. */
  sealed interface Outcome {
    record Answer(String text) implements Outcome {}

    record Asked(String question) implements Outcome {}

    record Finished(boolean done, String summary, String open) implements Outcome {}
  }

  List<Tool> tools() {
    List<Tool> tools = new ArrayList<>(List.of(LIST, SEARCH, READ));
    if (role.edits()) {
      tools.addAll(List.of(EDIT, WRITE, DELETE));
    }
    if (role.runsTests()) {
      tools.add(TEST);
    }
    tools.addAll(List.of(ASK, FINISH));
    return tools;
  }

  Outcome call(ToolCall call) throws InterruptedException {
    List<String> names = tools().stream().map(Tool::name).toList();
    if (!names.contains(call.tool())) {
      return new Outcome.Answer("refused: there is no such tool; there are " + names);
    }
    if (!call.arguments().isObject()) {
      return new Outcome.Answer("failed: the arguments are no JSON object");
    }
    return switch (call.tool()) {
      case "list_files" -> new Outcome.Answer(list(text(call, "glob")));
      case "search" -> new Outcome.Answer(search(text(call, "words"), text(call, "glob")));
      case "read_file" ->
          new Outcome.Answer(
              read(
                  text(call, "path"),
                  number(call, "from", 1),
                  number(call, "to", Integer.MAX_VALUE)));
      case "edit_file" ->
          new Outcome.Answer(
              edits.replace(text(call, "path"), text(call, "old"), text(call, "new")));
      case "write_file" ->
          new Outcome.Answer(edits.write(text(call, "path"), text(call, "content")));
      case "delete_file" -> new Outcome.Answer(edits.delete(text(call, "path")));
      case "run_tests" -> new Outcome.Answer(bench.test());
      case "ask" -> new Outcome.Asked(text(call, "question"));
      default ->
          new Outcome.Finished(
              text(call, "done").strip().equalsIgnoreCase("yes"),
              text(call, "summary"),
              text(call, "open"));
    };
  }

  private static String text(ToolCall call, String name) {
    return call.arguments().path(name).asString("");
  }

  private static int number(ToolCall call, String name, int otherwise) {
    return call.arguments().path(name).asInt(otherwise);
  }

  private static Scope scope(String glob) {
    return glob.isBlank() ? Scope.EVERYTHING : new Scope(List.of(glob.strip()));
  }

  private String list(String glob) {
    List<String> paths = bench.code().paths(scope(glob), MOST_PATHS + 1);
    if (paths.isEmpty()) {
      return "none";
    }
    return paths.stream().limit(MOST_PATHS).collect(Collectors.joining("\n"))
        + (paths.size() > MOST_PATHS ? "\n… more; give a narrower glob" : "");
  }

  private String search(String words, String glob) {
    List<Workbench.Hit> hits = bench.code().search(words, scope(glob), MOST_HITS);
    return hits.isEmpty()
        ? "nothing found"
        : hits.stream()
            .map(
                hit -> hit.path() + ':' + hit.line() + ": " + cut(hit.text().strip(), LONGEST_LINE))
            .collect(Collectors.joining("\n"));
  }

  private String read(String path, int from, int to) {
    return switch (bench.code().read(path)) {
      case Content.Withheld(var why) -> "refused: " + why;
      case Content.Text(var all) -> {
        int first = Math.max(1, from);
        String lines =
            all.lines()
                .skip(first - 1L)
                .limit(Math.max(0, (long) to - first + 1))
                .collect(Collectors.joining("\n"));
        yield cut(lines, LONGEST_READING);
      }
    };
  }

  private static String cut(String text, int longest) {
    return text.length() > longest ? text.substring(0, longest) + "\n… cut off here" : text;
  }
}
