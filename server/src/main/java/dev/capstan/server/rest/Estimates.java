package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.StepEstimate;
import dev.capstan.control.records.Baselines.Known;
import dev.capstan.control.records.Experience.Ended;
import dev.capstan.core.ProjectId;
import dev.capstan.core.plan.Work;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.worker.Workshop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Says what may be expected of steps in one project, from what was measured of it and how such
 * steps ended. What nothing was measured of is unknown.
 */
final class Estimates {
  private static final String UNKNOWN = "no such step has ended here";

  private final ProjectId project;
  private final List<Ended> past;
  private final Optional<Duration> baseline;

  /**
   * From what is known.
   *
   * @param baseline the time of the project's latest build and tests
   */
  Estimates(ProjectId project, List<Ended> past, Optional<Duration> baseline) {
    this.project = project;
    this.past = List.copyOf(past);
    this.baseline = baseline;
  }

  /** Of what this installation knows. */
  static Estimates of(Workshop workshop, ProjectId project) {
    return new Estimates(project, workshop.experience().latest(), baseline(workshop, project));
  }

  private static Optional<Duration> baseline(Workshop workshop, ProjectId project) {
    Optional<Known> latest =
        workshop.baselines().list(project, Optional.empty(), 1).stream().findFirst();
    if (latest.isEmpty() || !workshop.store().holds(latest.get().baseline().measurement())) {
      return Optional.empty();
    }
    try {
      String json = workshop.store().text(latest.get().baseline().measurement());
      return Optional.of(MeasurementCodec.read(json).took());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read what was measured of " + project, unreadable);
    }
  }

  List<StepEstimate> of(PlanDocument plan) {
    return plan.steps().stream().map(this::of).toList();
  }

  StepEstimate of(StepDocument step) {
    Such such = such(step);
    List<Duration> here =
        such.ended().stream()
            .filter(ended -> ended.completed() && ended.project().equals(project))
            .map(Ended::took)
            .sorted()
            .toList();
    int all = such.ended().size();
    long completed = such.ended().stream().filter(Ended::completed).count();
    Optional<Duration> time = here.isEmpty() ? baseline : Optional.of(here.get(here.size() / 2));
    return new StepEstimate(
        step.id(),
        time.map(Estimates::seconds).orElse(null),
        timeFrom(here.size(), such.what()),
        all == 0 ? null : Math.toIntExact(100 * completed / all),
        all == 0 ? UNKNOWN : "%d of %d completed, %s".formatted(completed, all, such.what()));
  }

  private String timeFrom(int here, String such) {
    if (here > 0) {
      return "median of %d in this project, %s".formatted(here, such);
    }
    return baseline.isPresent()
        ? "the build and tests of this project, without a change"
        : "nothing was measured of this project";
  }

  private static long seconds(Duration time) {
    return Math.max(1, Math.round(time.toMillis() / 1000.0));
  }

  private record Such(List<Ended> ended, String what) {}

  /**
   * Steps that began with the same work; else those of the same kind that the same engine began.
   */
  private Such such(StepDocument step) {
    if (step.engines().isEmpty()) {
      return new Such(List.of(), "no engine");
    }
    EngineDocument first = step.engines().getFirst();
    List<Ended> same = past.stream().filter(ended -> isSame(first(ended), first)).toList();
    if (!same.isEmpty()) {
      return new Such(same, "the same work");
    }
    String kind = PlanDocuments.kind(step);
    List<Ended> alike =
        past.stream()
            .filter(ended ->
                ended.step().kind().equals(kind) && first(ended).engine().equals(first.engine()))
            .toList();
    return new Such(alike, "kind %s by %s".formatted(kind, first.engine()));
  }

  private static Work first(Ended ended) {
    return ended.step().engines().getFirst();
  }

  private static boolean isSame(Work work, EngineDocument engine) {
    return work.engine().equals(engine.engine()) && work.arguments().equals(engine.arguments());
  }
}
