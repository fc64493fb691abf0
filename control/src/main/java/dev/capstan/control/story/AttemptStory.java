package dev.capstan.control.story;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One try at a step, as far as it has come.
 *
 * @param startedAt when it was handed out
 * @param lastAt when something was last heard of it
 */
public record AttemptStory(Attempt attempt, Instant startedAt, Instant lastAt, Stage stage) {
  /** How far it has come. */
  public sealed interface Stage {
    /** An engine is at work. */
    record Executing() implements Stage {}

    /** Its commit is being measured. */
    record Verifying(CommitId commit, Change change) implements Stage {}

    /** Measured; {@code asked} is why a person is needed, {@code approval} what they said. */
    record Judged(
        CommitId commit, Change change, Evidence evidence, List<String> asked, String approval)
        implements Stage {
      public Judged {
        asked = List.copyOf(asked);
      }
    }

    /** It ended well and changed nothing. */
    record Unchanged() implements Stage {}

    /** Its engine asked something; {@code answer} is empty until somebody has answered. */
    record Asked(String question, String answer) implements Stage {}

    /** Judged, and its gate was shut, by evidence or by a person. */
    record Refused(Judged judged, Failure failure) implements Stage {}

    /** It failed before it could be judged. */
    record Failed(Failure failure) implements Stage {}
  }

  public Duration took() {
    return Duration.between(startedAt, lastAt);
  }

  /** What was measured of it, if it came so far. */
  public Optional<Stage.Judged> judged() {
    return switch (stage) {
      case Stage.Judged judged -> Optional.of(judged);
      case Stage.Refused(var judged, _) -> Optional.of(judged);
      case Stage.Executing _, Stage.Verifying _, Stage.Unchanged _, Stage.Asked _, Stage.Failed _ ->
          Optional.empty();
    };
  }

  /** Why it failed, if it did. */
  public Optional<Failure> failure() {
    return switch (stage) {
      case Stage.Refused(_, var failure) -> Optional.of(failure);
      case Stage.Failed(var failure) -> Optional.of(failure);
      case Stage.Executing _, Stage.Verifying _, Stage.Judged _, Stage.Unchanged _, Stage.Asked _ ->
          Optional.empty();
    };
  }

  /** Its commit, if it made one. */
  public Optional<CommitId> commit() {
    return switch (stage) {
      case Stage.Verifying(var commit, _) -> Optional.of(commit);
      case Stage.Judged judged -> Optional.of(judged.commit());
      case Stage.Refused(var judged, _) -> Optional.of(judged.commit());
      case Stage.Executing _, Stage.Unchanged _, Stage.Asked _, Stage.Failed _ -> Optional.empty();
    };
  }

  /** What it changed; nothing if it made no commit. */
  public Change change() {
    return switch (stage) {
      case Stage.Verifying(_, var change) -> change;
      case Stage.Judged judged -> judged.change();
      case Stage.Refused(var judged, _) -> judged.change();
      case Stage.Executing _, Stage.Unchanged _, Stage.Asked _, Stage.Failed _ ->
          new Change(0, 0, 0);
    };
  }

  /** What it did not keep. */
  public List<Violation> violations() {
    return switch (stage) {
      case Stage.Judged judged -> judged.evidence().violations();
      case Stage.Refused(_, var failure) -> failure.violations();
      case Stage.Failed(var failure) -> failure.violations();
      case Stage.Executing _, Stage.Verifying _, Stage.Unchanged _, Stage.Asked _ -> List.of();
    };
  }

  AttemptStory at(Stage newStage, Instant when) {
    return new AttemptStory(attempt, startedAt, when, newStage);
  }
}
