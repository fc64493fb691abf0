package dev.capstan.bench;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.Allocation;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.engines.planner.Catalogue;
import dev.capstan.engines.planner.RulePlanner;
import dev.capstan.engines.tasklist.TaskList;
import dev.capstan.postgres.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Many plan items: through the planner, and as one run through the queue. */
public final class PlanItemsBenchmark {
  private static final int TOGETHER = 256;
  private static final List<String> GOALS =
      List.of(
          "Remove unused imports",
          "Migrate to JUnit 5",
          "Use the diamond operator and order the imports",
          "Paint the bicycle shed",
          "Upgrade to Java 21");

  /** A small project that gives the entries a reason. */
  private static final RulePlanner.Sources CODE =
      new RulePlanner.Sources() {
        @Override
        public List<String> paths() {
          return List.of("pom.xml", "src/main/java/shop/Cart.java", "src/test/java/CartTest.java");
        }

        @Override
        public Optional<String> text(String path) {
          return Optional.of("import org.junit.Test; private Object one = new Object();");
        }
      };

  private PlanItemsBenchmark() {}

  /**
   * Runs it.
   *
   * @param args how many items, how many rounds, a scratch folder, the file for the table
   */
  public static void main(String[] args) throws IOException, SQLException, InterruptedException {
    int items = Integer.parseInt(args[0]);
    int rounds = Integer.parseInt(args[1]);
    Report report = new Report();
    try (Postgres postgres = new Postgres(Path.of(args[2]).resolve("postgres"))) {
      planner(items / 10);
      queue(postgres, items / 10);
      for (int i = 0; i < rounds; i++) {
        planner(items).forEach(report::add);
        queue(postgres, items).forEach(report::add);
      }
    }
    Files.writeString(Path.of(args[3]), report.table());
  }

  /** A task list of that many items is read and each item planned. */
  private static List<Figure> planner(int items) {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < items; i++) {
      list.append("- [ ] ").append(GOALS.get(i % GOALS.size())).append('\n');
    }
    RulePlanner planner = new RulePlanner(Catalogue.standard());
    Map<String, List<String>> known = new HashMap<>();
    Samples samples = new Samples();
    long began = System.nanoTime();
    for (TaskList.Task task : TaskList.read(list.toString()).tasks()) {
      long one = System.nanoTime();
      var _ = planner.plan(task.text(), "maven", CODE, known);
      samples.add(System.nanoTime() - one);
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    String subject = "Planner, a task list of " + items;
    List<Figure> figures = new ArrayList<>();
    figures.add(new Figure(subject, "items/s", items / seconds));
    figures.addAll(samples.figures(subject, "one item"));
    return figures;
  }

  /** One run of that many steps; a step is timed from its first task's start to its gate. */
  private static List<Figure> queue(Postgres postgres, int items)
      throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    NoOpPerformer performer = new NoOpPerformer();
    Map<String, Long> begun = new ConcurrentHashMap<>();
    Samples samples = new Samples();
    try (Capstan capstan =
        new Capstan(
            address,
            (leased, _) -> timed(leased, performer, begun, samples),
            new Capstan.Limits(0, 512, 10_000, Allocation.WORK_STEALING))) {
      capstan.register("project-0", 1);
      Brief brief = Briefs.of("run-0", "project-0", items, TOGETHER);
      long began = System.nanoTime();
      var _ = capstan.submit(brief.run(), new RunCommand.Create(brief));
      var _ = capstan.submit(new RunId("run-0"), new RunCommand.Start());
      capstan.awaitCompleted(1);
      double seconds = (System.nanoTime() - began) / 1e9;
      String subject = "Queue, one run of " + items + " steps, " + TOGETHER + " side by side";
      List<Figure> figures = new ArrayList<>();
      figures.add(new Figure(subject, "steps/s", items / seconds));
      figures.addAll(samples.figures(subject, "a step, from engine to judge,"));
      return figures;
    } finally {
      postgres.drop(address);
    }
  }

  private static Optional<RunCommand> timed(
      LeasedTask leased, NoOpPerformer performer, Map<String, Long> begun, Samples samples) {
    switch (leased.task()) {
      case Task.Execute execute -> begun.put(execute.step().id().value(), System.nanoTime());
      case Task.Verify verify -> {
        Long at = begun.remove(verify.step().id().value());
        if (at != null) {
          samples.add(System.nanoTime() - at);
        }
      }
      case Task.Prepare _,
          Task.MeasureBaseline _,
          Task.Integrate _,
          Task.VerifyTip _,
          Task.Deliver _,
          Task.Wake _ -> {}
    }
    return performer.perform(leased);
  }
}
