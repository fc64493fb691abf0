package dev.capstan.server.workers;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.dispatch.Dispatcher;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Where workers connect: the built-in one within this process. */
public final class WorkerServer implements AutoCloseable {
  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;
  private static final int END_SECONDS = 2;

  private final Server server;
  private final ManagedChannel channel;
  private final String token = UUID.randomUUID().toString();

  /** Starts at once. */
  public WorkerServer(Dispatcher dispatcher, CommandLoop loop) {
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .intercept(new Admission(token::equals))
            .addService(new WorkerEndpoint(dispatcher, loop))
            .build();
    try {
      server.start();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    channel =
        InProcessChannelBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(LARGEST_MESSAGE)
            .build();
  }

  /** To this server, from within the process. */
  public ManagedChannel channel() {
    return channel;
  }

  /** Lets the worker of this process in. */
  public String token() {
    return token;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    try {
      server.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
