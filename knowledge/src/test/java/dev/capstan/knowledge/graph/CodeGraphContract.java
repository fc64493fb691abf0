package dev.capstan.knowledge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every graph answers, wherever it is kept. */
public abstract class CodeGraphContract {
  protected final Sources sources = new Sources();
  private CodeGraph graph;

  /** The graph of the sources, as its adapter keeps it. */
  protected abstract CodeGraph graph();

  @BeforeEach
  void build() {
    sources.with("till/pom.xml", "<project/>");
    sources.with(
        "till/src/main/java/t/Till.java",
        "package t;\npublic class Till {\n  public void open() { ring(); }\n  void ring() {}\n  void ring(int times) {}\n}\n");
    sources.with("shop/pom.xml", "<project/>");
    sources.with(
        "shop/src/main/java/s/Shop.java",
        "package s;\nimport t.Till;\nclass Shop {\n  void sell(Till till) { till.open(); }\n}\n");
    sources.with(
        "till/src/test/java/t/TillTest.java",
        "package t;\nclass TillTest {\n  @Test void opens() { new Till().open(); }\n}\n");
    sources.with("docs/till.md", "# The till\n\nCall `Till.open` first, in `t/Till.java`.\n");
    graph = graph();
  }

  @AfterEach
  void close() {
    sources.close();
  }

  private Neighbourhood around(String id) {
    return graph.around(id).orElseThrow();
  }

  @Test
  void a_name_finds_what_it_may_mean() {
    String open = "till/src/main/java/t/Till.java#Till.open";
    assertThat(graph.find(open)).extracting(Node::id).containsExactly(open);
    assertThat(graph.find("Till.open")).extracting(Node::id).containsExactly(open);
    assertThat(graph.find("open")).extracting(Node::id).containsExactly(open);
    assertThat(graph.find("t/Till.java"))
        .extracting(Node::id)
        .containsExactly("till/src/main/java/t/Till.java");
    assertThat(graph.find("Till.ring")).hasSize(2);
    assertThat(graph.find("shop/")).extracting(Node::kind).containsExactly(Node.Kind.SUBSYSTEM);
    assertThat(graph.find("nothing")).isEmpty();
  }

  @Test
  void a_symbol_has_its_callers_tests_and_documents() {
    Neighbourhood open = around("till/src/main/java/t/Till.java#Till.open");

    assertThat(open.in())
        .extracting(edge -> edge.type() + " " + edge.from())
        .containsExactly(
            "DOCUMENTS docs/till.md",
            "CALLS shop/src/main/java/s/Shop.java#Shop.sell",
            "TESTS till/src/test/java/t/TillTest.java#TillTest.opens");
    assertThat(open.out())
        .extracting(Edge::to)
        .containsExactly("till/src/main/java/t/Till.java#Till.ring()");
    assertThat(open.isComplete()).isTrue();
    assertThat(around("till/src/test/java/t/TillTest.java#TillTest.opens").node().kind())
        .isEqualTo(Node.Kind.TEST);
  }

  @Test
  void every_edge_says_where_it_stands() {
    Edge call =
        around("shop/src/main/java/s/Shop.java#Shop.sell").out().stream()
            .filter(edge -> edge.type() == Edge.Type.CALLS)
            .findFirst()
            .orElseThrow();

    assertThat(call.path()).isEqualTo("shop/src/main/java/s/Shop.java");
    assertThat(call.line()).isEqualTo(4);
    assertThat(call.strategy()).isEqualTo("type of the receiver");
    assertThat(call.confidence()).isEqualTo(1);
  }

  @Test
  void a_file_has_what_it_defines_and_what_imports_and_documents_what_is_in_it() {
    Neighbourhood file = around("till/src/main/java/t/Till.java");

    assertThat(file.out()).extracting(Edge::to).contains("till/src/main/java/t/Till.java#Till");
    assertThat(file.in())
        .extracting(Edge::type)
        .containsExactly(Edge.Type.DOCUMENTS, Edge.Type.IMPORTS);
    assertThat(around("till/src/main/java/t/Till.java#Till").in())
        .extracting(Edge::type)
        .contains(Edge.Type.IMPORTS);
  }

  @Test
  void a_way_leads_from_one_to_another() {
    assertThat(
            graph.path(
                "shop/src/main/java/s/Shop.java", "till/src/main/java/t/Till.java#Till.ring()"))
        .extracting(edge -> edge.type() + " " + edge.name())
        .containsExactly("IMPORTS t.Till", "DEFINES ring");
    assertThat(graph.path("till/src/main/java/t/Till.java", "docs/till.md")).isEmpty();
    assertThat(graph.path("nowhere", "docs/till.md")).isEmpty();
  }

  @Test
  void subsystems_depend_on_what_their_files_refer_to() {
    assertThat(graph.subsystems())
        .extracting(each -> each.node().id())
        .containsExactly("docs/", "shop/", "till/");
    Subsystem shop = graph.subsystems().get(1);
    assertThat(shop.files()).isEqualTo(2);
    assertThat(shop.dependencies())
        .singleElement()
        .matches(each -> each.on().equals("till/") && each.links() == 2);
    assertThat(around("till/").in()).extracting(Edge::from).containsExactly("shop/");
  }

  @Test
  void the_same_files_give_the_same_graph() {
    CodeGraph again = graph();

    assertThat(again.nodes()).isEqualTo(graph.nodes());
    assertThat(again.edges()).isEqualTo(graph.edges());
    assertThat(graph.edges()).isNotEmpty();
  }

  @Test
  void what_code_refers_to_is_central_for_it_and_prose_does_not_count() {
    assertThat(References.of(graph).rank(java.util.Map.of("shop/src/main/java/s/Shop.java", 1.0)))
        .containsOnlyKeys(
            "shop/src/main/java/s/Shop.java",
            "till/src/main/java/t/Till.java",
            "till/src/test/java/t/TillTest.java");
  }
}
