package dev.capstan.cli.session;

import dev.capstan.api.ErrorCode;
import dev.capstan.server.CapstanServer;
import dev.capstan.server.Claim;
import dev.capstan.server.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** A server that runs until the process is told to end. */
public final class Service {
  private final CapstanServer server;
  private final EndpointFile file;
  private final Duration drain;

  private Service(CapstanServer server, EndpointFile file, Duration drain) {
    this.server = server;
    this.file = file;
    this.drain = drain;
  }

  /** Starts it, and its worker. From now on SIGTERM ends the process with exit code 0. */
  public static Service start(Configuration configuration) {
    var data = configuration.settings().data();
    Logs.open(configuration.settings(), "capstan-server");
    return switch (Claim.on(configuration.settings())) {
      case Claim.Mine mine -> start(mine, configuration, new EndpointFile(data));
      case Claim.Theirs(var path, var pid) ->
          throw new ApiFailure(
              ErrorCode.CONFLICT,
              "process "
                  + pid
                  + " owns the data folder "
                  + path
                  + "; end it, or choose another one");
    };
  }

  private static Service start(Claim.Mine mine, Configuration configuration, EndpointFile file) {
    CapstanServer server = mine.start(configuration);
    try {
      file.write(server.endpoint());
    } catch (IOException failure) {
      server.close();
      throw new UncheckedIOException("cannot write the endpoint file", failure);
    }
    server.startWorking();
    Service service = new Service(server, file, configuration.drain());
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(service::end));
    return service;
  }

  public CapstanServer server() {
    return server;
  }

  /** Waits for the end of the process. */
  public void await() throws InterruptedException {
    new CountDownLatch(1).await();
  }

  /** A signal's own exit code would say that it failed, although it ended as it was told to. */
  private void end() {
    int code = 0;
    try {
      server.drain(drain);
      file.delete();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // a stale note is found out by the next one who reads it
    } catch (RuntimeException failure) {
      code = ErrorCode.INTERNAL.exitCode();
    }
    server.close();
    Runtime.getRuntime().halt(code);
  }
}
