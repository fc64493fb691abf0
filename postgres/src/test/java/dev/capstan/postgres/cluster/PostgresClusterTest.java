package dev.capstan.postgres.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.Capabilities;
import dev.capstan.control.cluster.Cluster.Self;
import dev.capstan.control.cluster.Cluster.Server;
import dev.capstan.control.cluster.Cluster.Worker;
import dev.capstan.control.dispatch.Dispatcher.Presence;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.postgres.testing.Statements;
import dev.capstan.postgres.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

final class PostgresClusterTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Self LEFT = new Self("left", "box", "https://left", "1", 7);
  private static final Self RIGHT = new Self("right", "box", "https://right", "1", 8);

  private final PostgresCluster cluster = new PostgresCluster(database.transactions());

  @BeforeEach
  void empty_the_database() {
    Statements.execute(database.transactions(), "truncate server, worker");
  }

  private static Presence worker(String name, int underWay, int silentSeconds) {
    return new Presence(
        new Profile(
            name,
            name + "-1",
            "1",
            4,
            new Capabilities(Set.of("execute"), Set.of("command"), Set.of("tool:make"))),
        underWay,
        1,
        9,
        false,
        Duration.ofSeconds(silentSeconds));
  }

  @Test
  void a_server_is_up_as_long_as_it_says_so() {
    cluster.announce(LEFT, List.of());
    cluster.announce(RIGHT, List.of());
    assertThat(cluster.servers()).extracting(Server::self).containsExactly(LEFT, RIGHT);
    assertThat(cluster.servers()).allMatch(Server::isUp);

    Statements.execute(
        database.transactions(),
        "update server set heard_at = heard_at - interval '11 seconds' where id = 'left'");
    cluster.leave("right");

    assertThat(cluster.servers()).noneMatch(Server::isUp);
    assertThat(cluster.servers().getFirst().endedAt()).isEmpty();
    assertThat(cluster.servers().getLast().endedAt()).isPresent();

    cluster.announce(RIGHT, List.of());
    assertThat(cluster.servers().getLast().isUp()).isTrue();
  }

  @Test
  void workers_are_those_that_are_connected_now() {
    cluster.announce(LEFT, List.of(worker("a", 2, 0), worker("b", 0, 0)));
    cluster.announce(LEFT, List.of(worker("a", 3, 0)));

    Worker only = cluster.workers().getFirst();
    assertThat(cluster.workers()).hasSize(1);
    assertThat(only.profile()).isEqualTo(worker("a", 3, 0).profile());
    assertThat(only.underWay()).isEqualTo(3);
    assertThat(only.given()).isEqualTo(9);
  }

  @Test
  void a_worker_that_has_gone_over_is_at_the_server_that_heard_it_last() {
    cluster.announce(LEFT, List.of(worker("a", 2, 5)));
    cluster.announce(RIGHT, List.of(worker("a", 2, 0)));
    cluster.announce(LEFT, List.of(worker("a", 2, 9)));

    assertThat(cluster.workers()).extracting(Worker::server).containsExactly("right");

    cluster.leave("left");
    assertThat(cluster.workers()).hasSize(1);
    cluster.leave("right");
    assertThat(cluster.workers()).isEmpty();
  }

  @Test
  void workers_of_a_server_that_is_lost_are_not_shown() {
    cluster.announce(LEFT, List.of(worker("a", 2, 0)));
    Statements.execute(
        database.transactions(), "update server set heard_at = heard_at - interval '11 seconds'");

    assertThat(cluster.workers()).isEmpty();
  }
}
