package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.ContextView;
import dev.capstan.api.GraphNodeView;
import dev.capstan.api.GraphPathView;
import dev.capstan.api.GraphSubsystemsView;
import dev.capstan.api.IndexCoverage;
import dev.capstan.api.IndexProject;
import dev.capstan.api.IndexView;
import dev.capstan.api.ProjectView;
import dev.capstan.api.SearchView;
import dev.capstan.cli.session.ApiFailure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A project is indexed, searched, and says what it could not index. */
@ExtendWith(ProductExtension.class)
class KnowledgeTest {
  private final Product product;

  KnowledgeTest(Product product) {
    this.product = product;
  }

  @Test
  void a_project_is_indexed_searched_and_covered() {
    Repository shop = product.repository();
    shop.write("src/Till.java", "class Till {\n  void openDrawer() {}\n}\n");
    shop.write("Hidden.java", "// NO_LLM\nclass Hidden { int forbiddenWord; }\n");
    shop.write("keys/id_rsa", "forbiddenWord\n");
    String head = shop.commit("feat: a till");
    String project = register(shop);

    IndexView index = indexed(project, false);

    assertThat(index.state()).as(index.detail()).isEqualTo("done");
    assertThat(index.trees()).singleElement().matches(tree -> tree.commit().equals(head));
    SearchView found = search(project, "openDrawer", Map.of());
    assertThat(found.commit()).isEqualTo(head);
    assertThat(found.embeddedFiles()).isEqualTo(found.indexedFiles());
    assertThat(search(project, "the place where money is kept opens", Map.of()).hits())
        .anyMatch(hit -> hit.parts().containsKey("meaning"));
    assertThat(found.hits().getFirst().path()).isEqualTo("src/Till.java");
    assertThat(search(project, "openDrawer", Map.of("language", List.of("python"))).hits())
        .isEmpty();
    assertThat(search(project, "forbiddenWord", Map.of()).hits()).isEmpty();
    ContextView context =
        product
            .client()
            .context(project, Map.of("q", List.of("open the drawer"), "tokens", List.of("500")));
    assertThat(context.tokens()).isBetween(1, 500);
    assertThat(context.text()).contains("void openDrawer()").doesNotContain("forbiddenWord");
    IndexCoverage coverage =
        product.client().coverage(project, Map.of("state", List.of("opted out")));
    assertThat(coverage.states().values().stream().mapToInt(count -> count).sum())
        .isEqualTo(coverage.files());
    assertThat(coverage.shown()).extracting(file -> file.path()).containsExactly("Hidden.java");
  }

  @Test
  void the_graph_says_who_calls_what_and_whether_that_is_all() {
    Repository shop = product.repository();
    shop.write(
        "till/Till.java", "package till;\npublic class Till {\n  public void open() {}\n}\n");
    shop.write(
        "shop/Shop.java",
        "package shop;\nimport till.Till;\nclass Shop {\n  void sell(Till till) { till.open(); }\n}\n");
    shop.commit("feat: a shop");
    String project = register(shop);
    assertThat(indexed(project, false).state()).isEqualTo("done");

    GraphNodeView node = product.client().graphNode(project, Map.of("id", List.of("Till.open")));
    assertThat(node.found()).singleElement().matches(found -> found.complete());
    assertThat(node.found().getFirst().in())
        .extracting(edge -> edge.type() + " " + edge.from() + ":" + edge.line())
        .containsExactly("calls shop/Shop.java#Shop.sell:4");
    GraphPathView path =
        product
            .client()
            .graphPath(project, Map.of("from", List.of("Shop.sell"), "to", List.of("Till.open")));
    assertThat(path.edges()).hasSize(1);
    GraphSubsystemsView subsystems = product.client().graphSubsystems(project, Map.of());
    assertThat(subsystems.subsystems())
        .filteredOn(each -> each.id().equals("shop/"))
        .singleElement()
        .matches(each -> each.dependencies().getFirst().on().equals("till/"));
    assertThatThrownBy(
            () -> product.client().graphNode(project, Map.of("id", List.of("nothingOfThatName"))))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("nothingOfThatName");
  }

  @Test
  void what_is_not_committed_is_found_in_the_work_tree_and_nowhere_else() {
    Repository shop = product.repository();
    shop.write("src/Draft.java", "class Draft { void notCommittedYet() {} }\n");
    String project = register(shop);

    assertThat(indexed(project, false).state()).isEqualTo("done");
    assertThat(search(project, "notCommittedYet", Map.of()).hits())
        .noneMatch(hit -> hit.path().equals("src/Draft.java"));
    assertThat(indexed(project, true).state()).isEqualTo("done");
    assertThat(search(project, "notCommittedYet", Map.of("tree", List.of("work tree"))).hits())
        .first()
        .matches(hit -> hit.path().equals("src/Draft.java"));
  }

  @Test
  void what_is_not_indexed_is_said() {
    String project = register(product.repository());

    assertThat(product.client().index(project).state()).isEqualTo("none");
    assertThatThrownBy(() -> search(project, "anything", Map.of()))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("not indexed yet");
    assertThatThrownBy(
            () -> product.client().index(project, new IndexProject("no-such-branch", false)))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("no-such-branch");
  }

  private String register(Repository repository) {
    return product.client().register(new ProjectView("", repository.path().toString(), 1)).id();
  }

  private IndexView indexed(String project, boolean workTree) {
    product.client().index(project, new IndexProject("", workTree));
    return Awaitility.await()
        .atMost(Product.PATIENCE)
        .until(
            () -> product.client().index(project),
            index -> !List.of("running", "embedding").contains(index.state()));
  }

  private SearchView search(String project, String text, Map<String, List<String>> filters) {
    Map<String, List<String>> parameters = new HashMap<>(filters);
    parameters.put("q", List.of(text));
    return product.client().search(project, parameters);
  }
}
