package dev.capstan.cli.reliability;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.ConnectionLost;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks a cluster for runs over its projects, a few ahead of what is done, at whichever server
 * answers; and looks meanwhile whether limits hold.
 */
final class ClusterRuns {
  private static final int AHEAD = 16;

  private final Cluster cluster;
  private final List<ClusterProject> projects;
  private final List<String> ids;
  private final List<String> complaints = new ArrayList<>();
  private int asked;

  ClusterRuns(Cluster cluster, List<ClusterProject> projects, int number) {
    this.cluster = cluster;
    this.projects = projects;
    this.ids = IntStream.rangeClosed(1, number).mapToObj("chaos-%05d"::formatted).toList();
  }

  List<String> ids() {
    return ids;
  }

  List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** True once all are completed; looks at most once in a while. */
  boolean goOn() {
    long completed = cluster.number("select count(*) from run where status = 'completed'");
    while (asked < ids.size() && asked < completed + AHEAD && isTaken(asked)) {
      asked++;
    }
    limits();
    long lost =
        cluster.number(
            "select count(*) from run where status in ('blocked', 'failed', 'cancelled')");
    if (lost > 0) {
      throw new AssertionError(lost + " runs came to an end that is none of theirs");
    }
    return completed == ids.size();
  }

  /** False if no server answers just now: it is asked for again. */
  private boolean isTaken(int number) {
    for (int server = 0; server < cluster.servers().size(); server++) {
      try (Client client = cluster.client((number + server) % cluster.servers().size())) {
        client.create(projects.get(number % projects.size()).run(ids.get(number)));
        return true;
      } catch (ApiFailure refused) {
        if (refused.code() == ErrorCode.CONFLICT) {
          return true;
        }
      } catch (ConnectionLost | IOException | UncheckedIOException _) {
        // The next one, or later.
      }
    }
    return false;
  }

  private void limits() {
    long over =
        cluster.number(
            """
            select count(*) from project
            where slots < (select count(*) from run where run.project_id = project.id and run.active)
            """);
    if (over > 0) {
      complaints.add(over + " projects have more active runs than slots");
    }
    long executing =
        cluster.number("select count(*) from task where kind = 'execute' and state = 'leased'");
    if (executing > 5) {
      complaints.add(executing + " tasks of engines are leased at once");
    }
  }
}
