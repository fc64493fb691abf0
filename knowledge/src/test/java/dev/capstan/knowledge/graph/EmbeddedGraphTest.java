package dev.capstan.knowledge.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The graph in memory keeps the contract, and follows changes as if it were made anew. */
final class EmbeddedGraphTest extends CodeGraphContract {
  @Override
  protected CodeGraph graph() {
    return sources.graph();
  }

  private void followed(GraphBuilder builder, String... paths) {
    CodeGraph followed = sources.after(builder, paths);
    CodeGraph clean = sources.graph();
    assertThat(followed.nodes()).isEqualTo(clean.nodes());
    assertThat(followed.edges()).isEqualTo(clean.edges());
    assertThat(followed.subsystems()).isEqualTo(clean.subsystems());
  }

  @Test
  void after_each_change_it_is_as_if_made_anew() {
    String till = "till/src/main/java/t/Till.java";
    String shop = "shop/src/main/java/s/Shop.java";
    GraphBuilder builder = new GraphBuilder();
    followed(builder, sources.paths());

    sources.with(
        till, "package t;\npublic class Till {\n  public Bell shut() { return null; }\n}\n");
    followed(builder, till);
    sources.with(
        shop,
        "package s;\nimport t.Till;\nclass Shop {\n  void sell(Till till) { till.shut().ring(); }\n}\n");
    followed(builder, shop);
    sources.with(
        "till/src/main/java/t/Bell.java", "package t; public class Bell { public void ring() {} }");
    followed(builder, "till/src/main/java/t/Bell.java");
    assertThat(sources.graph().edges()).anyMatch(edge -> edge.to().endsWith("#Bell.ring"));
    sources.without(till);
    followed(builder, till);
    sources.with("other/Till.java", "package t;\npublic class Till extends Bell {\n}\n");
    followed(builder, "other/Till.java");
    sources.with(
        "till/src/main/java/t/Bell.java",
        "package t; public class Bell { public Bell shut() { return this; } public void ring() {} }");
    followed(builder, "till/src/main/java/t/Bell.java");
    sources.without("docs/till.md").without(shop);
    followed(builder, "docs/till.md", shop);
  }

  @Test
  void python_is_resolved_by_imports_and_never_by_a_name_alone() {
    sources.with(
        "pkg/till.py",
        "class Till:\n    def open(self):\n        self.ring()\n    def ring(self): pass\ndef make(): return Till()\n");
    sources.with("pkg/__init__.py", "");
    sources.with(
        "app.py",
        "from pkg.till import make\nimport pkg.till as till\ndef main(x):\n    make()\n    till.make()\n    x.open()\n    open()\n    other()\n");
    CodeGraph graph = sources.graph();

    List<String> calls =
        graph.edges().stream()
            .filter(edge -> edge.path().equals("app.py") && edge.type() == Edge.Type.CALLS)
            .map(edge -> edge.line() + " " + edge.state().word() + " " + edge.to())
            .toList();
    assertThat(calls)
        .containsExactly(
            "4 resolved pkg/till.py#make",
            "5 resolved pkg/till.py#make",
            "6 ambiguous ",
            "7 ambiguous ",
            "8 external ");
    assertThat(graph.around("pkg/till.py#Till.ring").orElseThrow().in())
        .extracting(Edge::from)
        .contains("pkg/till.py#Till.open");
    assertThat(graph.around("pkg/till.py").orElseThrow().in())
        .extracting(Edge::from)
        .contains("app.py");
  }

  @Test
  void go_typescript_rust_and_c_are_resolved_by_imports_and_packages() {
    sources.with("go.mod", "module example.com/shop");
    sources.with("till/till.go", "package till\nfunc Open() { ring() }\nfunc ring() {}\n");
    sources.with(
        "main.go", "package main\nimport \"example.com/shop/till\"\nfunc main() { till.Open() }\n");
    sources.with("web/a.ts", "import {b} from './b';\nexport function a() { b(); }\n");
    sources.with("web/b.ts", "export function b() {}\n");
    sources.with("lib/src/lib.rs", "use crate::till::open;\nfn go() { open(); }\n");
    sources.with("lib/src/till.rs", "pub fn open() {}\n");
    sources.with("c/main.c", "#include \"till.h\"\nint main(void) { return till_open(); }\n");
    sources.with("c/till.h", "int till_open(void);\n");
    sources.with("c/till.c", "#include \"till.h\"\nint till_open(void) { return 0; }\n");

    assertThat(
            sources.graph().edges().stream()
                .filter(edge -> edge.type() == Edge.Type.CALLS)
                .map(Edge::to))
        .contains(
            "till/till.go#Open",
            "till/till.go#ring",
            "web/b.ts#b",
            "lib/src/till.rs#open",
            "c/till.c#till_open");
  }
}
