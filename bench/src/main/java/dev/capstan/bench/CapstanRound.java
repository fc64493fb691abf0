package dev.capstan.bench;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.Allocation;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.postgres.database.DatabaseAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One round of the product. Every scenario has a database of its own. */
final class CapstanRound implements Round {
  private static final int PROJECTS = 100;
  private static final int SLOTS = 16;
  private static final Capstan.Limits LIMITS =
      new Capstan.Limits(512, 10_000, Allocation.WORK_STEALING);

  private final Postgres postgres;
  private final Sizes sizes;

  CapstanRound(Postgres postgres, Sizes sizes) {
    this.postgres = postgres;
    this.sizes = sizes;
  }

  @Override
  public List<Figure> measure() throws SQLException, InterruptedException {
    List<Figure> figures = new ArrayList<>();
    List<Brief> manyRuns = new ArrayList<>();
    for (int i = 0; i < sizes.runs(); i++) {
      manyRuns.add(Briefs.of("run-" + i, "project-" + i % PROJECTS, 5, 2));
    }
    figures.addAll(throughput("Capstan, " + sizes.runs() + " runs of 5 steps", manyRuns));
    for (int together : List.of(64, 256)) {
      figures.addAll(
          throughput(
              "Capstan, one run of " + sizes.steps() + " steps, " + together + " side by side",
              List.of(Briefs.of("run-0", "project-0", sizes.steps(), together))));
    }
    figures.addAll(latency());
    return figures;
  }

  private List<Figure> throughput(String subject, List<Brief> briefs)
      throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    NoOpPerformer performer = new NoOpPerformer();
    try (Capstan capstan = new Capstan(address, performer, LIMITS)) {
      for (int i = 0; i < PROJECTS; i++) {
        capstan.register("project-" + i, SLOTS);
      }
      long log = postgres.writtenLog();
      long began = System.nanoTime();
      for (Brief brief : briefs) {
        var _ = capstan.submit(brief.run(), new RunCommand.Create(brief));
        var _ = capstan.submit(brief.run(), new RunCommand.Start());
      }
      capstan.awaitCompleted(briefs.size());
      double seconds = (System.nanoTime() - began) / 1e9;
      return throughput(subject, performer, seconds, postgres.writtenLog() - log);
    } finally {
      postgres.drop(address);
    }
  }

  private static List<Figure> throughput(
      String subject, NoOpPerformer performer, double seconds, long log) {
    List<Figure> figures = new ArrayList<>();
    long tasks = performer.performed().values().stream().mapToLong(Long::longValue).sum();
    figures.add(new Figure(subject, "tasks/s", tasks / seconds));
    figures.add(new Figure(subject, "tasks", tasks));
    performer
        .performed()
        .forEach((kind, count) -> figures.add(new Figure(subject, "of them " + kind, count)));
    figures.add(new Figure(subject, "log written per task, bytes", (double) log / tasks));
    return figures;
  }

  /** From a command, which makes one task ready, to the worker having that task. */
  private List<Figure> latency() throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    NoOpPerformer performer = new NoOpPerformer();
    try (Capstan capstan =
        new Capstan(address, task -> arrived(arrivals, performer, task), LIMITS)) {
      capstan.register("project-0", 1);
      Samples samples = new Samples();
      for (int i = 0; i < sizes.warmUp() + sizes.samples(); i++) {
        RunId run = new RunId("run-" + i);
        capstan
            .submit(run, new RunCommand.Create(Briefs.of(run.value(), "project-0", 1, 2)))
            .join();
        long began = System.nanoTime();
        var _ = capstan.submit(run, new RunCommand.Start());
        Long arrival = arrivals.poll(60, TimeUnit.SECONDS);
        if (arrival == null) {
          throw new IllegalStateException("no worker got the task of " + run + " within 60 s");
        }
        if (i >= sizes.warmUp()) {
          samples.add(arrival - began);
        }
        capstan.awaitCompleted(i + 1);
      }
      return samples.figures("Capstan");
    } finally {
      postgres.drop(address);
    }
  }

  private static Optional<RunCommand> arrived(
      BlockingQueue<Long> arrivals, NoOpPerformer performer, LeasedTask task) {
    if (task.task() instanceof Task.Prepare) {
      arrivals.add(System.nanoTime());
    }
    return performer.perform(task);
  }
}
