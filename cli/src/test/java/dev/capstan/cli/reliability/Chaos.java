package dev.capstan.cli.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Kills servers, workers and PostgreSQL, and cuts a worker's cable, one after another at random
 * instants, until it is closed; what was killed is started again and what was cut is healed. Most
 * blows wait until whatever was hit last is up again, since otherwise nothing would ever run on a
 * slow machine; one in four does not.
 */
final class Chaos implements AutoCloseable {
  private static final int SHORTEST_PAUSE_MILLIS = 3_000;
  private static final int LONGEST_REST_MILLIS = 4_000;
  private static final int LOOK_MILLIS = 200;
  private static final int SUPERVISION_MILLIS = 1_000;

  /** What is done to the cluster. */
  enum Blow {
    SERVER_KILLED,
    WORKER_KILLED,
    POSTGRES_KILLED,
    LINK_CUT,
    /** Longer than a lease lasts. */
    LINK_CUT_LONG
  }

  private final Cluster cluster;
  private final Optional<Link> link;
  private final Random random;
  private final int longestPause;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final Map<Blow, Integer> blows = new EnumMap<>(Blow.class);
  private final List<String> complaints = new ArrayList<>();
  private final Set<Cluster.Member> down = new HashSet<>();
  private Callable<Boolean> upAgain = () -> true;

  /**
   * Begins at once.
   *
   * @param longestPause between two, in milliseconds
   */
  Chaos(Cluster cluster, Optional<Link> link, Random random, int longestPause) {
    this.cluster = cluster;
    this.link = link;
    this.random = random;
    this.longestPause = longestPause;
    supervise();
    next();
  }

  /** Like a service manager: one that ended by itself, having found no database, is started. */
  private void supervise() {
    after(
        SUPERVISION_MILLIS,
        () -> {
          startDown();
          supervise();
        });
  }

  private void startDown() throws IOException {
    for (List<Cluster.Member> members : List.of(cluster.servers(), cluster.workers())) {
      for (Cluster.Member member : members) {
        if (!down.contains(member)) {
          member.startAgain();
        }
      }
    }
  }

  private void next() {
    after(random.nextInt(SHORTEST_PAUSE_MILLIS, longestPause), this::strikeWhenUp);
  }

  private void strikeWhenUp() throws Exception {
    if (upAgain.call()) {
      strike();
      next();
    } else {
      after(LOOK_MILLIS, this::strikeWhenUp);
    }
  }

  /** What may fail. */
  private interface Work {
    void now() throws Exception;
  }

  private void after(int millis, Work work) {
    var _ =
        timer.schedule(
            () -> {
              try {
                work.now();
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              } catch (Exception failure) {
                complain("the blow failed: " + failure);
              }
            },
            millis,
            TimeUnit.MILLISECONDS);
  }

  private synchronized void complain(String what) {
    complaints.add(what);
  }

  private void strike() throws IOException, InterruptedException {
    int dice = random.nextInt(100);
    int rest = random.nextInt(LONGEST_REST_MILLIS);
    upAgain = () -> true;
    if (dice < 35) {
      kill(cluster.servers(), rest, Blow.SERVER_KILLED);
    } else if (dice < 70 || (dice >= 82 && link.isEmpty())) {
      kill(cluster.workers(), rest, Blow.WORKER_KILLED);
    } else if (dice < 82) {
      cluster.killPostgres();
      count(Blow.POSTGRES_KILLED);
    } else if (dice < 96) {
      cut(random.nextInt(2_000, 18_000), Blow.LINK_CUT);
    } else {
      cut(random.nextInt(35_000, 45_000), Blow.LINK_CUT_LONG);
    }
  }

  private void kill(List<Cluster.Member> members, int rest, Blow blow) throws InterruptedException {
    Cluster.Member member = members.get(random.nextInt(members.size()));
    member.process().kill();
    count(blow);
    down.add(member);
    after(
        rest,
        () -> {
          down.remove(member);
          member.startAgain();
        });
    awaiting(member::isUp);
  }

  private void awaiting(Callable<Boolean> condition) {
    if (random.nextInt(4) > 0) {
      upAgain = condition;
    }
  }

  private void cut(int millis, Blow blow) throws IOException, InterruptedException {
    Link cable = link.orElseThrow();
    cable.cut();
    count(blow);
    AtomicBoolean healed = new AtomicBoolean();
    after(
        millis,
        () -> {
          cable.heal();
          healed.set(true);
        });
    awaiting(healed::get);
  }

  private synchronized void count(Blow blow) {
    blows.merge(blow, 1, Integer::sum);
  }

  synchronized int dealt() {
    return blows.values().stream().mapToInt(Integer::intValue).sum();
  }

  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }

  @Override
  public synchronized String toString() {
    return blows.toString();
  }

  /** Deals no more; whatever is down is up again once this returns. */
  @Override
  public void close() throws IOException {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(1, TimeUnit.MINUTES)) {
        throw new IllegalStateException("a blow does not end");
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    link.ifPresent(Chaos::heal);
    down.clear();
    startDown();
  }

  private static void heal(Link cable) {
    try {
      cable.heal();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
