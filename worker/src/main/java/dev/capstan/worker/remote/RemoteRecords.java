package dev.capstan.worker.remote;

import dev.capstan.api.worker.ActivityLine;
import dev.capstan.api.worker.ActivityLines;
import dev.capstan.api.worker.ArtifactOfRun;
import dev.capstan.api.worker.BaselineFound;
import dev.capstan.api.worker.BaselineKept;
import dev.capstan.api.worker.BaselineKey;
import dev.capstan.api.worker.Project;
import dev.capstan.api.worker.RecordsGrpc.RecordsBlockingStub;
import dev.capstan.api.worker.RunFound;
import dev.capstan.api.worker.RunKey;
import dev.capstan.control.codec.StateCodec;
import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.Baselines;
import dev.capstan.control.records.Outcomes;
import dev.capstan.control.records.Place;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Found;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.evidence.Outcome;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Run;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The records of a server that a task may use, over the protocol. */
final class RemoteRecords {
  private final RecordsBlockingStub records;

  RemoteRecords(RecordsBlockingStub records) {
    this.records = records;
  }

  /** Runs can be found, no more. */
  RunQueries runs() {
    return Elsewhere.port(
        RunQueries.class, Map.of("find", id -> find((RunId) Objects.requireNonNull(id))));
  }

  private Optional<Found> find(RunId run) {
    RunKey key = RunKey.newBuilder().setId(run.value()).build();
    RunFound found = Patience.outlast(() -> records.findRun(key));
    if (!found.hasState()) {
      return Optional.empty();
    }
    if (found.getStateForm() != StateCodec.VERSION
        || !(StateCodec.read(found.getState()) instanceof Run.Known known)) {
      throw new IllegalStateException(
          "the server is of another version; update this worker or the server");
    }
    return Optional.of(
        new Found(
            known,
            found.getVersion(),
            Instant.ofEpochMilli(found.getCreatedAtEpochMillis()),
            Instant.ofEpochMilli(found.getUpdatedAtEpochMillis())));
  }

  ActivityLog activity() {
    return new ActivityLog() {
      @Override
      public void append(List<Line> lines) {
        ActivityLines.Builder message = ActivityLines.newBuilder();
        for (Line line : lines) {
          message.addLines(
              ActivityLine.newBuilder()
                  .setRun(line.run().value())
                  .setStep(line.step())
                  .setAttempt(line.attempt())
                  .setChannel(line.channel())
                  .setText(line.text())
                  .setAtEpochMillis(line.at().toEpochMilli()));
        }
        Patience.outlast(() -> records.appendActivity(message.build()));
      }

      @Override
      public List<Placed> read(RunId run, long afterPosition, int most) {
        throw Elsewhere.only("reading the activity log");
      }
    };
  }

  /** Artifacts can be added and found, no more. */
  Artifacts artifacts() {
    return new Artifacts() {
      @Override
      public void add(Artifact artifact) {
        ArtifactOfRun message =
            message(artifact.run(), new Key(artifact.step(), artifact.attempt(), artifact.name()))
                .setSha256(artifact.hash().value())
                .setBytes(artifact.bytes())
                .build();
        Patience.outlast(() -> records.addArtifact(message));
      }

      @Override
      public Optional<Artifact> find(RunId run, Key key) {
        ArtifactOfRun found =
            Patience.outlast(() -> records.findArtifact(message(run, key).build()));
        return found.getSha256().isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Artifact(
                    run,
                    key.step(),
                    key.attempt(),
                    key.name(),
                    new ContentHash(found.getSha256()),
                    found.getBytes()));
      }

      @Override
      public List<Artifact> list(RunId run, Optional<Key> after, int most) {
        throw Elsewhere.only("listing artifacts");
      }

      @Override
      public List<Artifact> of(RunId run) {
        throw Elsewhere.only("listing artifacts");
      }
    };
  }

  private static ArtifactOfRun.Builder message(RunId run, Artifacts.Key key) {
    return ArtifactOfRun.newBuilder()
        .setRun(run.value())
        .setStep(key.step())
        .setAttempt(key.attempt())
        .setName(key.name());
  }

  Baselines baselines() {
    return new Baselines() {
      @Override
      public Optional<Baseline> find(ProjectId project, CommitId commit, String recipe) {
        BaselineKey key =
            BaselineKey.newBuilder()
                .setProject(project.value())
                .setCommit(commit.value())
                .setRecipe(recipe)
                .build();
        BaselineFound found = Patience.outlast(() -> records.findBaseline(key));
        return found.hasBaseline() ? Optional.of(baseline(found.getBaseline())) : Optional.empty();
      }

      @Override
      public void keep(ProjectId project, CommitId commit, Baseline baseline) {
        BaselineKept message =
            BaselineKept.newBuilder()
                .setProject(project.value())
                .setCommit(commit.value())
                .setBaseline(
                    dev.capstan.api.worker.Baseline.newBuilder()
                        .setSha256(baseline.measurement().value())
                        .setRecipe(baseline.recipe())
                        .setSummary(baseline.summary()))
                .build();
        Patience.outlast(() -> records.keepBaseline(message));
      }

      @Override
      public List<Known> list(ProjectId project, Optional<Place> after, int most) {
        throw Elsewhere.only("listing what was measured");
      }
    };
  }

  private static Baseline baseline(dev.capstan.api.worker.Baseline message) {
    return new Baseline(
        new ContentHash(message.getSha256()), message.getRecipe(), message.getSummary());
  }

  Outcomes outcomes() {
    return project ->
        Patience.outlast(() -> records.listOutcomes(project(project))).getOutcomesList().stream()
            .map(outcome ->
                new Outcome(
                    outcome.getKind(),
                    outcome.getEngine(),
                    outcome.getRaw(),
                    outcome.getAccepted()))
            .toList();
  }

  private static Project project(ProjectId project) {
    return Project.newBuilder().setId(project.value()).build();
  }
}
