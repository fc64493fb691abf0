package dev.capstan.server.rest;

import dev.capstan.control.records.RunQueries;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Beginning;
import dev.capstan.worker.Turns;
import dev.capstan.workspace.git.GitStore;

/** Finds what attempts have left, to go on with. */
public final class LeftWork {
  private final RunQueries queries;
  private final GitStore git;

  public LeftWork(RunQueries queries, GitStore git) {
    this.queries = queries;
    this.git = git;
  }

  /** {@link Beginning.Fresh} if there was no such attempt, or it has left no change. */
  Beginning of(RunId run, StepId step, int attempt) {
    if (attempt == 0) {
      return new Beginning.Fresh(); // nothing may be there yet, not even a mirror of the project
    }
    return queries
        .find(run)
        .flatMap(found -> Turns.last(git, found.run().brief().project(), run, step, attempt))
        .<Beginning>map(Beginning.Left::new)
        .orElseGet(Beginning.Fresh::new);
  }
}
