package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Scripted changes that cheat, and honest ones, through the whole product: no cheat opens a gate,
 * each is named, and nothing honest is refused. {@code docs/judge.md} has the table; {@code
 * -Dcapstan.regenerate=true} writes it.
 */
@Tag("slow")
@ExtendWith(ProductExtension.class)
class CheatsTest {
  private static final Path DOCUMENT = Path.of("../docs/judge.md");
  private static final String END = "<!-- end -->";
  private static final int SIDE_BY_SIDE = 3;

  private final Product product;

  CheatsTest(Product product) {
    this.product = product;
  }

  /**
   * A change.
   *
   * @param judge globs that it declares; may be empty
   * @param status of its step in the end
   * @param found categories of violations, or a check and its verdict
   */
  private record Script(
      String title, List<String> judge, String status, List<String> found, String shell) {}

  /** What became of it. */
  private record Row(Script script, String status, List<String> found, String detail) {
    boolean asExpected() {
      return status.equals(script.status()) && found.containsAll(script.found());
    }

    boolean isHonest() {
      return script.title().startsWith("honest");
    }

    String text() {
      return "%s: expected %s %s, found %s %s: %s"
          .formatted(script.title(), script.status(), script.found(), status, found, detail);
    }

    String line() {
      return "| %s | %s | %s | %s |"
          .formatted(
              script.title(),
              script.judge().isEmpty() ? "" : "`" + String.join(" ", script.judge()) + "`",
              switch (status) {
                case "completed" -> "passes";
                case "needs_qa" -> "a person is asked";
                default -> "refused";
              },
              String.join(", ", found));
    }
  }

  @Test
  void no_cheat_opens_a_gate_and_nothing_honest_is_refused() throws Exception {
    List<Row> rows = carryOut(product, "shop", scripts("changes.txt"));

    assertThat(rows).filteredOn(Row::isHonest).hasSizeGreaterThan(14);
    assertThat(rows).filteredOn(row -> !row.isHonest()).hasSizeGreaterThan(50);
    assertTable("shop", rows);
  }

  @Test
  void no_luck_opens_a_gate_where_tests_are_repeated() throws Exception {
    List<Row> rows = carryOut(product, "stall", scripts("stall-changes.txt"));

    assertThat(rows).hasSize(2);
    assertTable("stall", rows);
  }

  @Test
  @EnabledIf(value = "hasPytest", disabledReason = "DID_NOT_RUN: no python3 has pytest")
  void no_cheat_opens_a_gate_in_python() throws Exception {
    assertOutcomes("till", 9);
  }

  @Test
  @EnabledIf(value = "hasMaven", disabledReason = "DID_NOT_RUN: Maven is not installed")
  void no_cheat_opens_a_gate_in_java() throws Exception {
    assertOutcomes("mill", 5);
  }

  static boolean hasPytest() {
    return Toolchains.isInstalled("pytest");
  }

  static boolean hasMaven() {
    return Toolchains.isInstalled("mvn");
  }

  /** With the tools of this machine, which the usual product does not show. */
  private static void assertOutcomes(String project, int cheats) throws Exception {
    Map<String, String> tools =
        Map.of(
            "PATH", System.getenv("PATH"),
            "HOME", System.getProperty("user.home"),
            "CAPSTAN_MEMORY_LIMIT_MB", "2000");
    try (Product own = new Product(tools)) {
      List<Row> rows = carryOut(own, project, scripts(project + "-changes.txt"));

      assertThat(rows).filteredOn(Row::isHonest).isNotEmpty();
      assertThat(rows).filteredOn(row -> !row.isHonest()).hasSizeGreaterThanOrEqualTo(cheats);
      assertTable(project, rows);
    }
  }

  private static List<Row> carryOut(Product product, String project, List<Script> scripts)
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
        rows.add(executor.submit(() -> row(product, script, repository)));
      }
      List<Row> done = new ArrayList<>();
      for (Future<Row> row : rows) {
        done.add(row.get());
      }
      return done;
    }
  }

  private static Row row(Product product, Script script, Repository repository) {
    StepDraft draft =
        StepDraft.shell("change", script.shell()).judge(script.judge().toArray(String[]::new));
    RunView run = product.carryOut(repository, draft.step());
    AttemptView attempt = run.steps().getFirst().attempts().getFirst();
    List<String> found =
        new ArrayList<>(
            attempt.violations().stream()
                .map(RunView.ViolationView::category)
                .distinct()
                .sorted()
                .toList());
    attempt.checks().stream()
        .filter(check -> check.name().equals("JUDGE"))
        .filter(_ -> attempt.violations().isEmpty())
        .forEach(check -> found.add("JUDGE " + check.verdict()));
    return new Row(
        script,
        run.steps().getFirst().status(),
        found,
        attempt.failure() + run.steps().getFirst().detail() + attempt.violations());
  }

  private static Repository repository(Product product, String project) {
    Repository repository = Repository.empty(product.newFolder(project));
    for (String block : resource(project + ".txt").split("(?m)^===== ", -1)) {
      if (!block.isBlank()) {
        String[] parts = block.split("\n", 2);
        repository.write(parts[0], parts[1]);
      }
    }
    repository.commit("feat: begin");
    return repository;
  }

  private static List<Script> scripts(String resource) {
    return Stream.of(resource(resource).split("(?m)^===== ", -1))
        .skip(1)
        .map(CheatsTest::script)
        .toList();
  }

  private static Script script(String block) {
    String[] parts = block.split("\n", 5);
    List<String> judge = parts[1].equals("-") ? List.of() : List.of(parts[1].split(" ", -1));
    return new Script(parts[0], judge, parts[2], List.of(parts[3].split(", ", -1)), parts[4]);
  }

  private static String resource(String name) {
    try (InputStream in = CheatsTest.class.getResourceAsStream("/cheats/" + name)) {
      if (in == null) {
        throw new AssertionError("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new AssertionError(failure);
    }
  }

  private static void assertTable(String project, List<Row> rows) throws IOException {
    assertThat(rows.stream().filter(row -> !row.asExpected()).map(Row::text).toList()).isEmpty();
    String text = Files.readString(DOCUMENT);
    String mark = "<!-- written by CheatsTest: %s -->\n".formatted(project);
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
