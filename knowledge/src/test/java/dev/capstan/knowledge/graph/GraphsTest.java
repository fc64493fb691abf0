package dev.capstan.knowledge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The graph of an index follows its views. */
final class GraphsTest {
  private static final String OPEN = "src/Till.java#Till.open";

  @TempDir Path temporary;

  private SourceRepository repository;
  private ProjectIndex index;
  private Graphs graphs;

  @BeforeEach
  void open() {
    repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write("src/Till.java", "class Till {\n  void open() {}\n}\n");
    repository
        .write("src/Shop.java", "class Shop {\n  void sell() { new Till().open(); }\n}\n")
        .commit("All");
    index = ProjectIndex.open(temporary.resolve("index"));
    graphs = new Graphs(index);
  }

  @AfterEach
  void close() {
    index.close();
  }

  private CodeGraph updated(String view) throws InterruptedException {
    String commit = repository.head();
    try (SourceTree tree =
        SourceTree.of(repository.folder().resolve(".git"), new CommitId(commit))) {
      index.update(new Wanted(view, commit, Instant.EPOCH), tree, Progress.SILENT);
    }
    return graphs.of(view);
  }

  @Test
  void callers_follow_edits_and_deletes_and_each_view_has_its_own() throws Exception {
    assertThat(updated("main").around(OPEN).orElseThrow().in())
        .extracting(Edge::from)
        .containsExactly("src/Shop.java#Shop.sell");
    CodeGraph same = graphs.of("main");
    assertThat(updated("main")).isSameAs(same);
    repository.write("src/More.java", "class More {\n  void too(Till till) { till.open(); }\n}\n");
    repository.git("rm", "-q", "src/Shop.java");
    repository.commit("More");

    assertThat(updated("side").around(OPEN).orElseThrow().in())
        .extracting(Edge::from)
        .containsExactly("src/More.java#More.too");
    assertThat(graphs.of("main")).isSameAs(same);
    assertThat(updated("main").edges()).isEqualTo(graphs.of("side").edges());
  }

  @Test
  void what_is_kept_from_machines_makes_answers_incomplete() throws Exception {
    repository.write(
        "src/Hidden.java", "// NO_LLM\nclass Hidden { void x() { new Till().open(); } }\n");
    repository.commit("Hidden");

    assertThat(updated("main").around(OPEN).orElseThrow().gaps())
        .containsExactly("1 files of code are opted out: what they call is not known");
  }
}
