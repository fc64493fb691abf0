package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Changes that cheat and honest ones, what has to become of them, and the table in {@code
 * docs/judge.md} that says so; {@code -Dcapstan.regenerate=true} writes it.
 */
final class CheatTable {
  private static final Path DOCUMENT = Path.of("../docs/judge.md");
  private static final String END = "<!-- end -->";
  private static final int SIDE_BY_SIDE = 3;

  private CheatTable() {}

  /**
   * A change.
   *
   * @param judge globs that it declares; may be empty
   * @param status of its step in the end
   * @param found categories of violations, or a check and its verdict
   */
  record Script(
      String title, List<String> judge, String status, List<String> found, String shell) {}

  /** What became of it. */
  record Row(Script script, String status, List<String> found, String detail) {
    private boolean asExpected() {
      return status.equals(script.status()) && found.containsAll(script.found());
    }

    boolean isHonest() {
      return script.title().startsWith("honest");
    }

    private String text() {
      return "%s: expected %s %s, found %s %s: %s"
          .formatted(script.title(), script.status(), script.found(), status, found, detail);
    }

    private String line() {
      return "| %s | %s | %s | %s |"
          .formatted(
              script.title(),
              script.judge().isEmpty() ? "" : "`" + String.join(" ", script.judge()) + "`",
              switch (status) {
                case "completed" -> "passes";
                case "needs_qa" -> "a person is asked";
                case "paused" -> "stopped, a person is asked";
                default -> "refused";
              },
              String.join(", ", found));
    }
  }

  /** Each of them in a repository with the files of that project, some side by side. */
  static List<Row> carryOut(
      Product product,
      List<String> project,
      List<Script> scripts,
      BiFunction<Script, Repository, Row> row)
      throws InterruptedException, ExecutionException {
    List<Repository> repositories = new ArrayList<>();
    for (int i = 0; i < SIDE_BY_SIDE; i++) {
      repositories.add(repository(product, project));
    }
    try (ExecutorService executor = Executors.newFixedThreadPool(SIDE_BY_SIDE)) {
      List<Future<Row>> rows = new ArrayList<>();
      for (int i = 0; i < scripts.size(); i++) {
        Script script = scripts.get(i);
        Repository repository = repositories.get(i % SIDE_BY_SIDE);
        rows.add(executor.submit(() -> row.apply(script, repository)));
      }
      List<Row> done = new ArrayList<>();
      for (Future<Row> one : rows) {
        done.add(one.get());
      }
      return done;
    }
  }

  /** With the files of all of these. */
  static Repository repository(Product product, List<String> projects) {
    Repository repository = Repository.empty(product.newFolder(projects.getFirst()));
    for (String project : projects) {
      for (String block : resource(project + ".txt").split("(?m)^===== ", -1)) {
        if (!block.isBlank()) {
          String[] parts = block.split("\n", 2);
          repository.write(parts[0], parts[1]);
        }
      }
    }
    repository.commit("feat: begin");
    return repository;
  }

  static List<Script> scripts(String resource) {
    return Stream.of(resource(resource).split("(?m)^===== ", -1))
        .skip(1)
        .map(CheatTable::script)
        .toList();
  }

  private static Script script(String block) {
    String[] parts = block.split("\n", 5);
    List<String> judge = parts[1].equals("-") ? List.of() : List.of(parts[1].split(" ", -1));
    return new Script(parts[0], judge, parts[2], List.of(parts[3].split(", ", -1)), parts[4]);
  }

  static String resource(String name) {
    try (InputStream in = CheatTable.class.getResourceAsStream("/cheats/" + name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  static void assertTable(Class<?> test, String project, List<Row> rows) throws IOException {
    assertThat(rows.stream().filter(row -> !row.asExpected()).map(Row::text).toList()).isEmpty();
    String text = Files.readString(DOCUMENT);
    String mark = "<!-- written by %s: %s -->\n".formatted(test.getSimpleName(), project);
    assertThat(text).contains(mark);
    int start = text.indexOf(mark) + mark.length();
    int end = text.indexOf(END, start);
    String table =
        "\n| change | declares | outcome | found |\n| --- | --- | --- | --- |\n"
            + String.join("\n", rows.stream().map(Row::line).toList())
            + "\n\n";
    if (Boolean.getBoolean("capstan.regenerate")) {
      Files.writeString(DOCUMENT, text.substring(0, start) + table + text.substring(end));
    } else {
      assertThat(text.substring(start, end)).isEqualTo(table);
    }
  }
}
