package dev.capstan.server.workers;

import dev.capstan.api.worker.ActivityLine;
import dev.capstan.api.worker.ActivityLines;
import dev.capstan.api.worker.ArtifactOfRun;
import dev.capstan.api.worker.BaselineFound;
import dev.capstan.api.worker.BaselineKept;
import dev.capstan.api.worker.BaselineKey;
import dev.capstan.api.worker.Done;
import dev.capstan.api.worker.OutcomeList;
import dev.capstan.api.worker.Project;
import dev.capstan.api.worker.RecordsGrpc;
import dev.capstan.api.worker.RunFound;
import dev.capstan.api.worker.RunKey;
import dev.capstan.control.codec.StateCodec;
import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.ActivityLog.Line;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.Baselines;
import dev.capstan.control.records.Outcomes;
import dev.capstan.control.records.RunQueries;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.run.Baseline;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What a worker's task reads and records, as far as its lease reaches. */
final class RecordsEndpoint extends RecordsGrpc.RecordsImplBase {
  private final RunQueries runs;
  private final ActivityLog activity;
  private final Artifacts artifacts;
  private final Baselines baselines;
  private final Outcomes outcomes;

  RecordsEndpoint(
      RunQueries runs,
      ActivityLog activity,
      Artifacts artifacts,
      Baselines baselines,
      Outcomes outcomes) {
    this.runs = runs;
    this.activity = activity;
    this.artifacts = artifacts;
    this.baselines = baselines;
    this.outcomes = outcomes;
  }

  /** What a message says that no value of ours can be is the caller's mistake. */
  private static <T> void answer(StreamObserver<T> out, Supplier<T> answer) {
    try {
      out.onNext(DatabaseOutage.told(answer));
      out.onCompleted();
    } catch (StatusRuntimeException told) {
      out.onError(told);
    } catch (IllegalArgumentException bad) {
      out.onError(Status.INVALID_ARGUMENT.withDescription(bad.getMessage()).asRuntimeException());
    }
  }

  private static Done done() {
    return Done.getDefaultInstance();
  }

  @Override
  public void findRun(RunKey request, StreamObserver<RunFound> out) {
    answer(
        out,
        () -> {
          RunFound.Builder found = RunFound.newBuilder();
          runs.find(LeaseGuard.run(request.getId()))
              .ifPresent(known ->
                  found
                      .setState(StateCodec.write(known.run()))
                      .setStateForm(StateCodec.VERSION)
                      .setVersion(known.version())
                      .setCreatedAtEpochMillis(known.createdAt().toEpochMilli())
                      .setUpdatedAtEpochMillis(known.updatedAt().toEpochMilli()));
          return found.build();
        });
  }

  @Override
  public void appendActivity(ActivityLines request, StreamObserver<Done> out) {
    answer(
        out,
        () -> {
          List<Line> lines = new ArrayList<>();
          for (ActivityLine line : request.getLinesList()) {
            lines.add(
                new Line(
                    LeaseGuard.run(line.getRun()),
                    line.getStep(),
                    line.getAttempt(),
                    line.getChannel(),
                    line.getText(),
                    Instant.ofEpochMilli(line.getAtEpochMillis())));
          }
          activity.append(lines);
          return done();
        });
  }

  @Override
  public void addArtifact(ArtifactOfRun request, StreamObserver<Done> out) {
    answer(
        out,
        () -> {
          artifacts.add(
              new Artifact(
                  LeaseGuard.run(request.getRun()),
                  request.getStep(),
                  request.getAttempt(),
                  request.getName(),
                  new ContentHash(request.getSha256()),
                  request.getBytes()));
          return done();
        });
  }

  @Override
  public void findArtifact(ArtifactOfRun request, StreamObserver<ArtifactOfRun> out) {
    answer(
        out,
        () -> {
          Artifacts.Key key =
              new Artifacts.Key(request.getStep(), request.getAttempt(), request.getName());
          return artifacts
              .find(LeaseGuard.run(request.getRun()), key)
              .map(found ->
                  request.toBuilder()
                      .setSha256(found.hash().value())
                      .setBytes(found.bytes())
                      .build())
              .orElse(ArtifactOfRun.getDefaultInstance());
        });
  }

  @Override
  public void findBaseline(BaselineKey request, StreamObserver<BaselineFound> out) {
    answer(
        out,
        () -> {
          BaselineFound.Builder found = BaselineFound.newBuilder();
          baselines
              .find(
                  LeaseGuard.project(request.getProject()),
                  new CommitId(request.getCommit()),
                  request.getRecipe())
              .ifPresent(baseline -> found.setBaseline(message(baseline)));
          return found.build();
        });
  }

  @Override
  public void keepBaseline(BaselineKept request, StreamObserver<Done> out) {
    answer(
        out,
        () -> {
          dev.capstan.api.worker.Baseline given = request.getBaseline();
          baselines.keep(
              LeaseGuard.project(request.getProject()),
              new CommitId(request.getCommit()),
              new Baseline(
                  new ContentHash(given.getSha256()), given.getRecipe(), given.getSummary()));
          return done();
        });
  }

  private static dev.capstan.api.worker.Baseline message(Baseline baseline) {
    return dev.capstan.api.worker.Baseline.newBuilder()
        .setSha256(baseline.measurement().value())
        .setRecipe(baseline.recipe())
        .setSummary(baseline.summary())
        .build();
  }

  @Override
  public void listOutcomes(Project request, StreamObserver<OutcomeList> out) {
    answer(
        out,
        () -> {
          OutcomeList.Builder list = OutcomeList.newBuilder();
          for (Outcome outcome : outcomes.of(LeaseGuard.project(request.getId()))) {
            list.addOutcomes(
                dev.capstan.api.worker.Outcome.newBuilder()
                    .setKind(outcome.kind())
                    .setEngine(outcome.engine())
                    .setRaw(outcome.raw())
                    .setAccepted(outcome.accepted()));
          }
          return list.build();
        });
  }
}
