package dev.capstan.adapters.neo4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.knowledge.graph.GraphUnavailable;
import dev.capstan.testkit.process.RealServer;
import java.io.IOException;
import org.junit.jupiter.api.Test;

final class Neo4jOutageTest {
  @Test
  void a_server_that_is_away_is_named_and_no_password_is() throws IOException {
    String url = "bolt://127.0.0.1:" + RealServer.freePort();
    try (Neo4jGraphs graphs = new Neo4jGraphs(new Neo4jSettings(url, "someone", "a-secret"))) {
      assertThatThrownBy(() -> graphs.find("shop", "main", "1"))
          .isInstanceOf(GraphUnavailable.class)
          .hasMessageContaining(url)
          .hasMessageNotContaining("a-secret");
    }
  }

  @Test
  void what_is_no_place_of_a_server_is_told_apart() {
    assertThat(Neo4jSettings.isUrl("bolt://127.0.0.1:7687")).isTrue();
    assertThat(Neo4jSettings.isUrl("neo4j+s://graph.example.org")).isTrue();
    assertThat(Neo4jSettings.isUrl("http://127.0.0.1:7687")).isFalse();
    assertThat(Neo4jSettings.isUrl("bolt://me:word@127.0.0.1")).isFalse();
    assertThat(Neo4jSettings.isUrl("bolt:")).isFalse();
  }
}
