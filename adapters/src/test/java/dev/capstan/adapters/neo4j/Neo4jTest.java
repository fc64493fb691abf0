package dev.capstan.adapters.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.CodeGraphContract;
import dev.capstan.knowledge.graph.GraphUnavailable;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.testkit.process.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A graph in the real Neo4j answers as the one in memory does. */
@Tag("slow")
@EnabledIf(
    value = "dev.capstan.testkit.process.RealServer#areInstalled",
    disabledReason = "DID_NOT_RUN: Neo4j is not installed; ./verify installs it")
final class Neo4jTest extends CodeGraphContract {
  private static final String MAIN = "main";

  @TempDir static Path folder;

  private static RealServer server;
  private static Neo4jSettings settings;
  private static Neo4jGraphs graphs;

  @BeforeAll
  static void start() throws Exception {
    int port = RealServer.freePort();
    Path configuration = Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("logs"));
    Files.writeString(
        configuration.resolve("neo4j.conf"),
        """
        server.bolt.listen_address=127.0.0.1:%d
        server.http.enabled=false
        dbms.security.auth_enabled=false
        dbms.usage_report.enabled=false
        """
            .formatted(port));
    server =
        RealServer.start(
            folder.resolve("out.log"),
            port,
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                RealServer.folder().resolve("neo4j").toString() + "/*",
                "org.neo4j.server.Neo4jCommunity",
                "--home-dir=" + folder,
                "--config-dir=" + configuration));
    settings = new Neo4jSettings("bolt://127.0.0.1:" + port, "neo4j", "");
    graphs = new Neo4jGraphs(settings);
  }

  @AfterAll
  static void stop() {
    graphs.close();
    server.close();
  }

  @Override
  protected CodeGraph graph() {
    return kept(UUID.randomUUID().toString());
  }

  private CodeGraph kept(String project) {
    graphs.keep(project, MAIN, "1", sources.graph());
    return graphs.find(project, MAIN, "1").orElseThrow();
  }

  private void isTheSame(CodeGraph kept) {
    CodeGraph memory = sources.graph();
    assertThat(kept.nodes()).isEqualTo(memory.nodes());
    assertThat(kept.edges()).isEqualTo(memory.edges());
    assertThat(kept.subsystems()).isEqualTo(memory.subsystems());
    for (Node node : memory.nodes()) {
      assertThat(kept.around(node.id())).isEqualTo(memory.around(node.id()));
      assertThat(kept.find(node.name())).isEqualTo(memory.find(node.name()));
      assertThat(kept.find(node.id())).isEqualTo(memory.find(node.id()));
    }
  }

  @Test
  void every_node_has_the_neighbours_that_it_has_in_memory() {
    sources.with(
        "till/src/main/java/t/Open.java",
        """
        package t;
        interface Opens { void open(); }
        class Wide implements Opens {
          public void open() {}
          void all(Opens o, Missing m) { o.open(); m.open(); m.ring(1); }
        }
        """);
    sources.with("app.py", "def main(x):\n    x.open()\n    open()\n    other()\n");
    sources.with("web/ring.ts", "export function ring() {}\nexport function go(x) { x.ring(); }\n");
    sources.with("docs/odd name's \u00fc.md", "# Odd\n\nCall `Wide.open` or [this](till.md).\n");

    isTheSame(graph());
  }

  @Test
  void a_newer_graph_takes_the_place_of_the_one_before_and_who_reads_that_can_end() {
    String project = "newer";
    CodeGraph first = kept(project);
    sources.with("more/More.java", "class More {}\n");
    graphs.keep(project, MAIN, "2", sources.graph());

    assertThat(graphs.find(project, MAIN, "1")).isEmpty();
    isTheSame(graphs.find(project, MAIN, "2").orElseThrow());
    assertThat(first.find("More")).isEmpty();
    assertThat(first.find("Till")).isNotEmpty();
    graphs.keep(project, MAIN, "3", sources.graph());
    assertThat(first.nodes()).isEmpty();
    assertThat(graphs.find("another", MAIN, "3")).isEmpty();
  }

  @Test
  void what_a_kill_left_half_written_is_never_shown_and_deleted_by_the_next() throws Exception {
    try (Neo4jDatabase database = new Neo4jDatabase(settings)) {
      Map<String, Object> half = Map.of("project", "killed", "name", "half");
      database.query(
          "create (:CapstanGraph {project: $project, view: 'main', draft: $name})", half);
      database.query("create (:CapstanNode {graph: $name, id: 'a'})", half);
      assertThat(graphs.find("killed", MAIN, "1")).isEmpty();

      isTheSame(kept("killed"));

      assertThat(database.query("match (n {graph: $name}) return n", half)).isEmpty();
    }
  }

  @Test
  void a_schema_of_a_newer_capstan_is_left_alone() throws Exception {
    try (Neo4jDatabase database = new Neo4jDatabase(settings);
        Neo4jGraphs later = new Neo4jGraphs(settings)) {
      database.query("match (s:CapstanSchema) set s.version = s.version + 1", Map.of());
      try {
        assertThatThrownBy(() -> later.find("any", MAIN, "1"))
            .isInstanceOf(GraphUnavailable.class)
            .hasMessageContaining("version 2 of Capstan's schema, and this Capstan knows 1");
      } finally {
        database.query("match (s:CapstanSchema) set s.version = s.version - 1", Map.of());
      }
      assertThat(later.find("any", MAIN, "1")).isEmpty();
    }
  }
}
