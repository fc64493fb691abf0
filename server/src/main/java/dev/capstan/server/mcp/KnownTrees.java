package dev.capstan.server.mcp;

import dev.capstan.control.records.Projects;
import dev.capstan.knowledge.index.View;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.IndexedProjects;
import dev.capstan.server.rest.IndexedProjects.Tree;
import java.util.List;

/** Which indexed tree a call is about. */
final class KnownTrees {
  private static final int MOST_PROJECTS = 200;

  private final Projects projects;
  private final IndexedProjects indexed;

  /** {@code projects} are those that whoever asks may see. */
  KnownTrees(Projects projects, IndexedProjects indexed) {
    this.projects = projects;
    this.indexed = indexed;
  }

  /** Throws {@link ApiException} that says what to name, or to index. */
  Tree of(Arguments arguments) {
    return indexed.tree(project(arguments), arguments.text(Parameter.TREE.name()));
  }

  private String project(Arguments arguments) {
    String named = arguments.project();
    if (!named.isEmpty()) {
      return named;
    }
    List<String> all =
        projects.list("", MOST_PROJECTS).stream().map(one -> one.id().value()).toList();
    if (all.size() != 1) {
      throw ApiException.invalid(
          all.isEmpty()
              ? "no project is registered here; capstan index PATH_OR_URL registers and indexes one"
              : "name the project: one of " + String.join(", ", all));
    }
    return all.getFirst();
  }

  /** One line for each project. */
  List<String> all() {
    return projects.list("", MOST_PROJECTS).stream()
        .map(one ->
            one.id()
                + ": "
                + indexed.newest(one.id()).map(KnownTrees::inWords).orElse("not indexed yet"))
        .toList();
  }

  /** How an answer begins: what it is from, and how much of that is known. */
  static String head(Tree tree) {
    return "project " + tree.project() + ", " + inWords(tree.view());
  }

  private static String inWords(View view) {
    long found = view.files().stream().filter(file -> file.state().isFindable()).count();
    return "tree %s%s, indexed %s; %d of %d files can be found"
        .formatted(
            view.name(),
            view.commit().isEmpty() ? "" : " at " + view.commit(),
            view.at(),
            found,
            view.files().size());
  }
}
