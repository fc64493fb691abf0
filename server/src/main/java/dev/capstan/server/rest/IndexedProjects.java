package dev.capstan.server.rest;

import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.View;
import dev.capstan.server.knowledge.Indexes;
import dev.capstan.server.knowledge.Indexing;
import java.util.Optional;

/** The indexes of projects that whoever asks may see. */
public final class IndexedProjects {
  private final Projects projects;
  private final Indexes indexes;

  public IndexedProjects(Projects projects, Indexes indexes) {
    this.projects = projects;
    this.indexes = indexes;
  }

  /** One indexed tree of a project. */
  public record Tree(ProjectId project, ProjectIndex index, View view) {}

  /** Throws {@link ApiException} if it is not there. */
  public Project known(String project) {
    return WantedProject.of(projects, project, "");
  }

  /**
   * Throws {@link ApiException} if the project or the tree is not there, or not indexed yet.
   *
   * @param tree which of the indexed trees; "" for the one that was indexed last
   */
  public Tree tree(String project, String tree) {
    ProjectId id = known(project).id();
    ProjectIndex index =
        indexes
            .find(id)
            .orElseThrow(() ->
                ApiException.notFound(
                    "the project " + id + " is not indexed yet; capstan index --project " + id));
    View view =
        (tree.isEmpty() ? index.newest() : index.view(tree))
            .orElseThrow(() ->
                ApiException.notFound(
                    "of the project " + id + " no tree " + tree + " is indexed yet" + soon(id)));
    return new Tree(id, index, view);
  }

  /** How what is in a tree hangs together. */
  public CodeGraph graph(Tree tree) {
    return graphs(tree).of(tree.view().name());
  }

  /** Those of all trees of its project. */
  public Graphs graphs(Tree tree) {
    return indexes.graphs(tree.project());
  }

  private String soon(ProjectId project) {
    return indexes
        .indexing(project)
        .map(Indexing::state)
        .filter(state -> state.phase() == Indexing.Phase.RUNNING)
        .map(state ->
            "; it is being indexed, %d of %d files so far".formatted(state.done(), state.total()))
        .orElse("");
  }

  /** The one that was indexed last; empty if none is. */
  public Optional<View> newest(ProjectId project) {
    return indexes.find(project).flatMap(ProjectIndex::newest);
  }
}
