package dev.capstan.postgres.embedded;

import dev.capstan.postgres.database.DatabaseAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server of our own in a data folder, with nothing installed. It listens on the
 * loopback address only and asks for a password that is kept in the folder.
 *
 * <p>The server is a process of its own. If this process is killed it lives on, and the next start
 * takes it over as it is. If the server is killed it is started again on the same port; who waits
 * for a connection meanwhile gets one. Safe for many threads.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final String DATABASE = "capstan";
  private static final int TRIES = 20;

  private final Cluster cluster;
  private final Postmaster postmaster;
  private final Revival revival;
  private final boolean takenOver;

  private EmbeddedPostgres(
      Cluster cluster, Postmaster postmaster, PostmasterPid process, boolean takenOver) {
    this.cluster = cluster;
    this.postmaster = postmaster;
    this.revival = Revival.of(postmaster, process);
    this.takenOver = takenOver;
  }

  /**
   * Starts the server or takes over the one that runs; the first time it is set up, which takes a
   * few seconds.
   *
   * @param folder where its data is; it must stay owned until this is closed
   * @param home where the programs are kept, in {@code postgres/<version>-<platform>}; it may be
   *     the same folder
   * @throws EmbeddedPostgresFailed if that can't be done
   */
  public static EmbeddedPostgres start(DataFolder folder, Path home) {
    PostgresBinaries binaries = PostgresBinaries.under(home);
    Cluster cluster = Cluster.openOrCreate(folder, binaries);
    try {
      return start(cluster, new Postmaster(cluster, binaries));
    } catch (IOException failure) {
      throw new EmbeddedPostgresFailed(
          "The PostgreSQL of " + cluster + " can't be started: " + failure, failure);
    }
  }

  /** The database for our own use; it exists. */
  public DatabaseAddress address() {
    return ServerProbe.address(cluster, revival.process().port(), DATABASE);
  }

  /** The id of the server's process. */
  public long pid() {
    return revival.process().pid();
  }

  /** True if the server was running already, left by a process that was killed. */
  public boolean isTakenOver() {
    return takenOver;
  }

  /** Ends all connections, stops the server and waits until it is gone. May be called twice. */
  @Override
  public synchronized void close() {
    revival.close();
    try {
      postmaster.stop();
    } catch (IOException failure) {
      throw new EmbeddedPostgresFailed(
          "The PostgreSQL of " + cluster + " can't be stopped: " + failure, failure);
    }
  }

  private static EmbeddedPostgres start(Cluster cluster, Postmaster postmaster) throws IOException {
    Optional<PostmasterPid> orphan = fitOrphan(cluster, postmaster);
    for (int attempt = 1; orphan.isEmpty(); attempt++) {
      Program.Outcome outcome = postmaster.start();
      Optional<PostmasterPid> started = postmaster.running();
      if (outcome.isSuccess() && started.isPresent()) {
        return verified(cluster, postmaster, started.get());
      }
      if (attempt == TRIES || !mayPass(outcome.output())) {
        throw new EmbeddedPostgresFailed(explain(cluster, outcome.output()));
      }
      Pause.briefly();
      orphan = fitOrphan(cluster, postmaster);
    }
    return ready(cluster, postmaster, orphan.get(), true);
  }

  /** The running server if it may be taken over; one that may not be is stopped. */
  private static Optional<PostmasterPid> fitOrphan(Cluster cluster, Postmaster postmaster)
      throws IOException {
    Optional<PostmasterPid> orphan = postmaster.running();
    if (orphan.isPresent() && !isFit(cluster, orphan.get())) {
      postmaster.stop();
      return Optional.empty();
    }
    return orphan;
  }

  private static boolean isFit(Cluster cluster, PostmasterPid process) {
    Optional<String> objection = ServerProbe.objection(cluster, process.port());
    objection.ifPresent(reason ->
        LOG.info("stopping the PostgreSQL {} that runs in {}: {}", process.pid(), cluster, reason));
    return objection.isEmpty();
  }

  private static EmbeddedPostgres verified(
      Cluster cluster, Postmaster postmaster, PostmasterPid process) throws IOException {
    Optional<String> objection = ServerProbe.objection(cluster, process.port());
    if (objection.isPresent()) {
      postmaster.stop();
      throw new EmbeddedPostgresFailed(
          "The PostgreSQL of " + cluster + " is not used, since " + objection.get());
    }
    return ready(cluster, postmaster, process, false);
  }

  private static EmbeddedPostgres ready(
      Cluster cluster, Postmaster postmaster, PostmasterPid process, boolean takenOver) {
    ServerProbe.createIfMissing(cluster, process.port(), DATABASE);
    return new EmbeddedPostgres(cluster, postmaster, process, takenOver);
  }

  /** Another program took the port, or the last server's processes are still going. */
  private static boolean mayPass(String said) {
    return said.contains("could not bind")
        || said.contains("still in use")
        || said.contains("already exists");
  }

  private static String explain(Cluster cluster, String said) {
    String advice =
        said.contains("No space left on device")
            ? "Its disk is full. Free some space, then try again."
            : "It said:";
    return "The PostgreSQL of " + cluster + " does not start. " + advice + '\n' + said.strip();
  }
}
