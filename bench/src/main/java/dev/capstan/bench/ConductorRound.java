package dev.capstan.bench;

import dev.capstan.postgres.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * Conductor OSS on the same PostgreSQL, driven by a script; one job is one workflow of one task.
 */
final class ConductorRound implements Round {
  private final Postgres postgres;
  private final Path peers;
  private final Path programs;
  private final Sizes sizes;

  ConductorRound(Postgres postgres, Path peers, Path programs, Sizes sizes) {
    this.postgres = postgres;
    this.peers = peers;
    this.programs = programs;
    this.sizes = sizes.ofSlowPeer();
  }

  @Override
  public List<Figure> measure() throws SQLException, IOException, InterruptedException {
    DatabaseAddress address = postgres.create();
    try {
      return ScriptRound.of(
              "Conductor",
              sizes,
              "node",
              peers.resolve("conductor_queue.mjs").toString(),
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              programs.resolve("conductor-server.jar").toString(),
              address.jdbcUrl(),
              address.user())
          .with(Map.of("BENCH_DATABASE_PASSWORD", address.password()))
          .measure();
    } finally {
      postgres.drop(address);
    }
  }
}
