package dev.capstan.control.story;

import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Evidence;
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

    /** It failed. */
    record Failed(Failure failure) implements Stage {}
  }

  public Duration took() {
    return Duration.between(startedAt, lastAt);
  }

  /** What was measured of it, if it came so far. */
  public Optional<Stage.Judged> judged() {
    return stage instanceof Stage.Judged judged ? Optional.of(judged) : Optional.empty();
  }

  AttemptStory at(Stage newStage, Instant when) {
    return new AttemptStory(attempt, startedAt, when, newStage);
  }
}
