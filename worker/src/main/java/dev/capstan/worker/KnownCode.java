package dev.capstan.worker;

import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.ProjectIndex;
import java.util.Optional;
import java.util.function.Function;

/**
 * What is known here of projects' code.
 *
 * @param indexed empty for a project that is not indexed
 * @param packTokens how many tokens of it an agent is given to begin with; 0 for none
 */
public record KnownCode(Function<ProjectId, Optional<Graphs>> indexed, int packTokens) {
  /** Of a worker that has no indexes. */
  public static final KnownCode NOTHING = new KnownCode(_ -> Optional.empty(), 0);

  public Optional<ProjectIndex> of(ProjectId project) {
    return graphs(project).map(Graphs::index);
  }

  /** The graphs of what is indexed of the project. */
  public Optional<Graphs> graphs(ProjectId project) {
    return indexed.apply(project);
  }
}
