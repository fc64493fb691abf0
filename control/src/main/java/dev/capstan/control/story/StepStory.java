package dev.capstan.control.story;

import dev.capstan.core.plan.Step;
import dev.capstan.core.run.StepState;
import java.util.List;
import java.util.Optional;

/** One step with all of its attempts, oldest first. */
public record StepStory(Step step, StepState state, List<AttemptStory> attempts) {
  public StepStory {
    attempts = List.copyOf(attempts);
  }

  public Optional<AttemptStory> lastAttempt() {
    return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.getLast());
  }
}
