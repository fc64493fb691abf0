package dev.capstan.server.rest;

import dev.capstan.api.ContextView;
import dev.capstan.api.IndexCoverage;
import dev.capstan.api.IndexCoverage.IndexedFile;
import dev.capstan.api.IndexView;
import dev.capstan.api.IndexView.IndexedTree;
import dev.capstan.api.SearchView;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.Coverage;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.index.Answer;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.View;
import dev.capstan.knowledge.pack.ContextPack;
import dev.capstan.server.knowledge.Indexing;
import dev.capstan.server.knowledge.Indexing.State;
import dev.capstan.server.rest.IndexedProjects.Tree;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Shows what the index says. */
final class KnowledgeViews {
  private KnowledgeViews() {}

  static IndexView index(
      ProjectId project, Optional<Indexing> indexing, Optional<ProjectIndex> index) {
    List<IndexedTree> trees =
        index.stream().flatMap(found -> found.views().stream()).map(KnowledgeViews::tree).toList();
    return indexing
        .map(Indexing::state)
        .map(state -> index(project, state, trees))
        .orElseGet(() -> new IndexView(project.value(), "none", 0, 0, "", trees));
  }

  private static IndexView index(ProjectId project, State state, List<IndexedTree> trees) {
    return new IndexView(
        project.value(),
        state.phase().name().toLowerCase(Locale.ROOT),
        state.done(),
        state.total(),
        state.detail(),
        trees);
  }

  private static IndexedTree tree(View view) {
    int found = (int) view.files().stream().filter(file -> file.state().isFindable()).count();
    return new IndexedTree(view.name(), view.commit(), view.at(), view.files().size(), found);
  }

  static SearchView search(Tree tree, Answer answer) {
    return new SearchView(
        tree.project().value(),
        tree.view().name(),
        answer.commit(),
        answer.indexedFiles(),
        answer.embeddedFiles(),
        answer.allFiles(),
        answer.outage(),
        answer.hits().stream().map(KnowledgeViews::hit).toList());
  }

  private static SearchView.Hit hit(Answer.Hit hit) {
    return new SearchView.Hit(
        hit.id(),
        hit.path(),
        hit.firstLine(),
        hit.lastLine(),
        hit.language(),
        hit.role(),
        hit.header(),
        hit.text(),
        hit.score(),
        hit.parts());
  }

  static ContextView context(Tree tree, ContextPack pack) {
    return new ContextView(
        tree.project().value(),
        tree.view().name(),
        pack.commit(),
        pack.tokens(),
        pack.named(),
        pack.pieces(),
        pack.text());
  }

  static IndexCoverage coverage(Tree tree, String state) {
    Coverage coverage = tree.view().coverage();
    return new IndexCoverage(
        tree.project().value(),
        tree.view().name(),
        tree.view().commit(),
        coverage.files().size(),
        coverage.states(),
        coverage.reasons(),
        coverage.languages(),
        coverage.folders(),
        coverage.files().stream()
            .filter(file -> file.state().word().equals(state))
            .map(KnowledgeViews::file)
            .toList());
  }

  private static IndexedFile file(FileRecord file) {
    return new IndexedFile(
        file.path(),
        file.blob(),
        file.size(),
        file.language().word(),
        file.state().word(),
        file.state().why());
  }
}
