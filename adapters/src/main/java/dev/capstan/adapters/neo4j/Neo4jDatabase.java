package dev.capstan.adapters.neo4j;

import dev.capstan.knowledge.graph.GraphUnavailable;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.neo4j.driver.AuthToken;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Config;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.exceptions.Neo4jException;

/** A Neo4j over Bolt, brought to the schema of this version when it is first used. */
final class Neo4jDatabase implements AutoCloseable {
  private static final int SECONDS_TO_CONNECT = 5;

  /** Each is done once, in this order; more come at the end. */
  private static final List<List<String>> MIGRATIONS =
      List.of(
          List.of(
              "create constraint capstan_schema if not exists"
                  + " for (s:CapstanSchema) require s.of is unique",
              "create constraint capstan_node if not exists"
                  + " for (n:CapstanNode) require (n.graph, n.id) is unique",
              "create index capstan_node_last if not exists for (n:CapstanNode) on (n.graph, n.last)",
              "create index capstan_node_path if not exists for (n:CapstanNode) on (n.graph, n.path)",
              "create index capstan_place if not exists for (p:CapstanPlace) on (p.graph, p.name)",
              "create constraint capstan_graph if not exists"
                  + " for (g:CapstanGraph) require (g.project, g.view) is unique"));

  private final Driver driver;
  private final String where;
  private boolean migrated;

  /** Reaches nothing yet. */
  Neo4jDatabase(Neo4jSettings settings) {
    AuthToken token =
        settings.password().isEmpty()
            ? AuthTokens.none()
            : AuthTokens.basic(settings.user(), settings.password());
    this.where = settings.url();
    this.driver =
        GraphDatabase.driver(
            settings.url(),
            token,
            Config.builder()
                .withConnectionTimeout(SECONDS_TO_CONNECT, TimeUnit.SECONDS)
                .withConnectionAcquisitionTimeout(2 * SECONDS_TO_CONNECT, TimeUnit.SECONDS)
                .withMaxTransactionRetryTime(0, TimeUnit.SECONDS)
                .build());
  }

  /** One query in a transaction of its own. */
  List<Record> query(String cypher, Map<String, Object> parameters) {
    migrate();
    return run(cypher, parameters);
  }

  private List<Record> run(String cypher, Map<String, Object> parameters) {
    try {
      return driver.executableQuery(cypher).withParameters(parameters).execute().records();
    } catch (Neo4jException failure) {
      throw new GraphUnavailable(
          "Neo4j at " + where + " does not answer: " + failure.getMessage(), failure);
    }
  }

  private synchronized void migrate() {
    if (migrated) {
      return;
    }
    int version = version();
    if (version > MIGRATIONS.size()) {
      throw new GraphUnavailable(
          "Neo4j at %s has version %d of Capstan's schema, and this Capstan knows %d"
              .formatted(where, version, MIGRATIONS.size()));
    }
    for (int next = version; next < MIGRATIONS.size(); next++) {
      MIGRATIONS.get(next).forEach(statement -> run(statement, Map.of()));
      run(
          "merge (s:CapstanSchema {of: 'graph'}) set s.version = $version",
          Map.of("version", next + 1));
    }
    migrated = true;
  }

  private int version() {
    return run("match (s:CapstanSchema {of: 'graph'}) return s.version", Map.of()).stream()
        .mapToInt(record -> record.get(0).asInt())
        .findFirst()
        .orElse(0);
  }

  @Override
  public void close() {
    driver.close();
  }
}
