package dev.capstan.cli.session;

import dev.capstan.api.Endpoint;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.SignInView;
import dev.capstan.server.CapstanServer;
import dev.capstan.server.Claim;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The use of a data folder by one command. Whoever comes first owns it and runs the server in its
 * own process; others attach; the owner stays until the last one has left.
 */
public final class Session implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);

  private final Client client;
  private final Connection connection;

  private Session(Client client, Connection connection) {
    this.client = client;
    this.connection = connection;
  }

  /** What must be ended with the session. */
  private sealed interface Connection {
    void end();
  }

  /**
   * Attaches to the server of the data folder, or starts one.
   *
   * @param work whether tasks are to be done while this session lasts
   * @param progress is told what takes long
   */
  public static Session open(Settings settings, boolean work, Consumer<String> progress) {
    EndpointFile file = new EndpointFile(settings.data());
    Logs.open(settings, "capstan");
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      Optional<Session> attached = file.read().flatMap(endpoint -> attach(endpoint, work));
      if (attached.isPresent()) {
        return attached.get();
      }
      switch (Claim.on(settings)) {
        case Claim.Mine mine -> {
          return own(mine, file, work, progress);
        }
        case Claim.Theirs(var path, var pid) ->
            await(
                deadline,
                "process "
                    + pid
                    + " owns the data folder "
                    + path
                    + " but does not answer; wait for it or end it, or choose another folder with --data");
      }
    }
  }

  /**
   * Talks to a server elsewhere, and starts nothing.
   *
   * @param url for example {@code https://capstan.example.org:8443}
   * @param token asked for with each request
   * @param place where to act, for whoever has several roles; "" for the first
   * @param authorities a PEM file with whose certificates are good; empty for those of the JVM
   */
  public static Session remote(
      String url, Supplier<String> token, String place, Optional<Path> authorities) {
    return new Session(new Client(url, token, place, Trust.of(authorities)), new Elsewhere());
  }

  /** Signs a person in to a server elsewhere, and keeps that. */
  public static void signIn(
      String url, Optional<Path> authorities, Logins logins, Consumer<DeviceGrant.Prompt> prompt) {
    try (Client client = new Client(url, () -> "", "", Trust.of(authorities))) {
      SignInView where = client.signIn();
      if (where.issuer().isEmpty()) {
        throw new ApiFailure(
            ErrorCode.INVALID,
            "the server " + url + " has no oidc.issuer by which people sign in; use a token");
      }
      InstantSource clock = InstantSource.system();
      logins.keep(
          url,
          new DeviceGrant(where.issuer(), where.clientId(), clock).signIn(where.scopes(), prompt));
    }
  }

  private static void await(long deadline, String otherwise) {
    if (System.nanoTime() > deadline) {
      throw new ApiFailure(ErrorCode.CAPACITY, otherwise);
    }
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(ErrorCode.CAPACITY, otherwise);
    }
  }

  private static Optional<Session> attach(Endpoint endpoint, boolean work) {
    Client client = new Client(endpoint);
    try {
      return Optional.of(new Session(client, new Guest(client.attach(work))));
    } catch (ConnectionLost | ApiFailure _) {
      client.close();
      return Optional.empty();
    }
  }

  private static Session own(
      Claim.Mine mine, EndpointFile file, boolean work, Consumer<String> progress) {
    progress.accept("starting the server");
    CapstanServer server = mine.start();
    Owner owner = new Owner(server, file);
    try {
      file.write(server.endpoint());
    } catch (IOException failure) {
      owner.stop();
      throw new UncheckedIOException("cannot write the endpoint file", failure);
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(owner::stop));
    if (work) {
      server.startWorking();
    }
    return new Session(new Client(server.endpoint()), owner);
  }

  public Client client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
    connection.end();
  }

  private static final class Guest implements Connection {
    private final EventStream presence;

    Guest(EventStream presence) {
      this.presence = presence;
      Thread.ofVirtual().start(this::drain);
    }

    private void drain() {
      try {
        while (presence.next().isPresent()) {
          // only heartbeats come, so that the connection is seen to be alive
        }
      } catch (ConnectionLost _) {
        // whoever uses the session notices by itself
      }
    }

    @Override
    public void end() {
      presence.close();
    }
  }

  private record Elsewhere() implements Connection {
    @Override
    public void end() {
      // it goes on without us
    }
  }

  private static final class Owner implements Connection {
    private final CapstanServer server;
    private final EndpointFile file;
    private boolean stopped;

    Owner(CapstanServer server, EndpointFile file) {
      this.server = server;
      this.file = file;
    }

    @Override
    public void end() {
      try {
        server.awaitGuestsGone();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      stop();
    }

    synchronized void stop() {
      if (stopped) {
        return;
      }
      stopped = true;
      try {
        file.delete();
      } catch (IOException _) {
        // a stale note is found out by the next one who reads it
      }
      server.close();
    }
  }
}
