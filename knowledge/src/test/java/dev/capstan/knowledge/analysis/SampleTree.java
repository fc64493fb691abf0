package dev.capstan.knowledge.analysis;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.View;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.Instant;

/** A till with a test and a document, in a repository of the real git, and its index. */
final class SampleTree implements AutoCloseable {
  private final SourceRepository repository;
  private final ProjectIndex index;

  SampleTree(Path folder) {
    repository = SourceRepository.empty(folder.resolve("source"));
    repository.write(
        "src/main/java/shop/Till.java",
        "package shop;\n\nclass Till {\n  void openDrawer() {}\n}\n");
    repository.write(
        "src/test/java/shop/TillTest.java",
        """
        package shop;

        import org.junit.jupiter.api.Test;

        class TillTest {
          @Test
          void it_opens() {
            new Till().openDrawer();
          }
        }
        """);
    repository.write("docs/till.md", "# The till\n\n`Till.openDrawer()` opens the drawer.\n");
    index = ProjectIndex.open(folder.resolve("index"));
  }

  void write(String path, String text) {
    repository.write(path, text);
  }

  void commit(String message) {
    repository.commit(message);
  }

  String head() {
    return repository.head();
  }

  /** The last commit. */
  void index() throws InterruptedException {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(head()))) {
      index.update(new Wanted("main", head(), Instant.EPOCH), tree, Progress.SILENT);
    }
  }

  ProjectIndex found() {
    return index;
  }

  View view() {
    return index.view("main").orElseThrow();
  }

  CodeGraph graph() {
    return new Graphs(index).of("main");
  }

  Subject subject(String text) {
    return Subject.of(view(), text).orElseThrow();
  }

  Findings analysed(String subject) {
    return Analysis.of(index, view(), graph(), subject(subject));
  }

  @Override
  public void close() {
    index.close();
  }
}
