package dev.capstan.knowledge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
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

  /** In memory; away when it is told to be. */
  private static final class Shelf implements GraphStore {
    private final Map<String, CodeGraph> graphs = new HashMap<>();
    private boolean away;

    private void reach() {
      if (away) {
        throw new GraphUnavailable("the shelf is away");
      }
    }

    @Override
    public Optional<CodeGraph> find(String project, String view, String version) {
      reach();
      return Optional.ofNullable(graphs.get(project + ' ' + view + ' ' + version))
          .map(graph ->
              (CodeGraph)
                  Proxy.newProxyInstance(
                      CodeGraph.class.getClassLoader(),
                      new Class<?>[] {CodeGraph.class},
                      (_, method, arguments) -> {
                        reach();
                        return method.invoke(graph, arguments);
                      }));
    }

    @Override
    public void keep(String project, String view, String version, CodeGraph graph) {
      reach();
      graphs.put(project + ' ' + view + ' ' + version, graph);
    }

    @Override
    public void close() {}
  }

  private Graphs kept(Shelf shelf) {
    return new Graphs(index, "shop", Optional.of(shelf), Runnable::run);
  }

  @Test
  void what_was_kept_is_not_made_again_and_is_when_the_store_goes_away() throws Exception {
    Shelf shelf = new Shelf();
    updated("main");
    graphs = kept(shelf);
    CodeGraph made = graphs.of("main");
    assertThat(shelf.graphs).hasSize(1);

    CodeGraph stored = kept(shelf).of("main");
    assertThat(stored).isInstanceOf(StoredGraph.class);
    assertThat(stored.edges()).isEqualTo(made.edges());
    assertThat(shelf.graphs).hasSize(1);
    shelf.away = true;
    assertThat(stored.around(OPEN)).isEqualTo(made.around(OPEN));
    assertThat(stored.find("Till")).isEqualTo(made.find("Till"));
    assertThat(kept(shelf).of("main").nodes()).isEqualTo(made.nodes());
    shelf.away = false;
    repository.write("src/More.java", "class More {\n  void too(Till till) { till.open(); }\n}\n");
    repository.commit("More");

    graphs = kept(shelf);
    assertThat(updated("main").around(OPEN).orElseThrow().in())
        .extracting(Edge::from)
        .contains("src/More.java#More.too");
    assertThat(shelf.graphs).hasSize(2);
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
