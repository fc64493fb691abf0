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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** One round of the product. Every scenario has a database of its own. */
final class CapstanRound implements Round {
  private static final int PROJECTS = 100;
  private static final int SLOTS = 16;
  private static final int WORKERS = 100;

  /** Begins of runs a second, while the dispatch to many workers is measured. */
  private static final int PACE = 50;

  private static final Capstan.Limits LIMITS =
      new Capstan.Limits(0, 512, 10_000, Allocation.WORK_STEALING);
  private static final Capstan.Limits OVER_TCP =
      new Capstan.Limits(WORKERS, 8, 10_000, Allocation.LEAST_LOADED);

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
    String runs = "Capstan, " + sizes.runs() + " runs of 5 steps";
    figures.addAll(throughput(runs, LIMITS, manyRuns));
    figures.addAll(throughput(runs + ", " + WORKERS + " workers over TCP", OVER_TCP, manyRuns));
    for (int together : List.of(64, 256)) {
      figures.addAll(
          throughput(
              "Capstan, one run of " + sizes.steps() + " steps, " + together + " side by side",
              LIMITS,
              List.of(Briefs.of("run-0", "project-0", sizes.steps(), together))));
    }
    figures.addAll(idle("Capstan, idle", LIMITS));
    figures.addAll(idle("Capstan, idle, " + WORKERS + " workers over TCP", OVER_TCP));
    figures.addAll(paced());
    return figures;
  }

  private List<Figure> throughput(String subject, Capstan.Limits limits, List<Brief> briefs)
      throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    NoOpPerformer performer = new NoOpPerformer();
    try (Capstan capstan = new Capstan(address, performer, limits)) {
      capstan.awaitWorkers();
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

  /** From a command, which makes one task ready, to a worker having that task. */
  private List<Figure> idle(String subject, Capstan.Limits limits)
      throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
    NoOpPerformer performer = new NoOpPerformer();
    try (Capstan capstan =
        new Capstan(address, (task, _) -> arrived(arrivals, performer, task), limits)) {
      capstan.awaitWorkers();
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
      return samples.figures(subject, "dispatch");
    } finally {
      postgres.drop(address);
    }
  }

  /**
   * The same while runs begin at a steady pace, and with them all that follows: each begin is one
   * task for one of many workers. In the end each run is completed, and each task was done once.
   */
  private List<Figure> paced() throws SQLException, InterruptedException {
    DatabaseAddress address = postgres.create();
    Map<RunId, Long> began = new ConcurrentHashMap<>();
    Samples samples = new Samples();
    NoOpPerformer performer = new NoOpPerformer();
    try (Capstan capstan =
        new Capstan(
            address,
            (task, _) -> {
              if (task.task() instanceof Task.Prepare) {
                samples.add(System.nanoTime() - Objects.requireNonNull(began.get(task.run())));
              }
              return performer.perform(task);
            },
            OVER_TCP)) {
      capstan.awaitWorkers();
      for (int i = 0; i < PROJECTS; i++) {
        capstan.register("project-" + i, SLOTS);
      }
      for (int i = 0; i < sizes.runs(); i++) {
        Brief brief = Briefs.of("run-" + i, "project-" + i % PROJECTS, 1, 2);
        capstan.submit(brief.run(), new RunCommand.Create(brief)).join();
      }
      long first = System.nanoTime();
      for (int i = 0; i < sizes.runs(); i++) {
        LockSupport.parkNanos(first + i * (1_000_000_000L / PACE) - System.nanoTime());
        RunId run = new RunId("run-" + i);
        began.put(run, System.nanoTime());
        var _ = capstan.submit(run, new RunCommand.Start());
      }
      capstan.awaitCompleted(sizes.runs());
    } finally {
      postgres.drop(address);
    }
    String subject =
        "Capstan, " + sizes.runs() + " runs at " + PACE + "/s to " + WORKERS + " workers over TCP";
    List<Figure> figures = new ArrayList<>(samples.figures(subject, "dispatch"));
    performer
        .performed()
        .forEach((kind, count) -> figures.add(new Figure(subject, kind + " tasks", count)));
    return figures;
  }

  private static Optional<RunCommand> arrived(
      BlockingQueue<Long> arrivals, NoOpPerformer performer, LeasedTask task) {
    if (task.task() instanceof Task.Prepare) {
      arrivals.add(System.nanoTime());
    }
    return performer.perform(task);
  }
}
