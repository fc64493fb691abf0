package dev.capstan.server.workers;

import dev.capstan.control.CommandLoop;
import dev.capstan.control.TaskQueue;
import dev.capstan.control.dispatch.Dispatcher;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.MessageLimit;
import dev.capstan.server.models.ModelServer;
import dev.capstan.server.models.SecretScanner;
import dev.capstan.server.workers.Gatekeeper.Reason;
import dev.capstan.worker.Workshop;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Where workers connect: the built-in one within this process, others by TCP. */
public final class WorkerServer implements AutoCloseable {
  private static final int END_SECONDS = 2;
  private static final int KEEP_ALIVE_SECONDS = 20;

  private final Dispatcher dispatcher;
  private final CommandLoop loop;
  private final Optional<ServerServiceDefinition> models;
  private final List<Server> servers = new ArrayList<>();
  private final List<Credentials> credentials = new ArrayList<>();
  private final ManagedChannel channel;
  private final String token = UUID.randomUUID().toString();

  /**
   * Where workers on other machines connect.
   *
   * @param tls empty for plain text
   * @param httpPort of git's smart HTTP, on the same host
   * @param gatekeeper says who may connect
   */
  public record Listening(
      InetSocketAddress address,
      Optional<Tls> tls,
      int httpPort,
      Gatekeeper gatekeeper,
      WorkerLimits limits) {}

  /**
   * PEM files, read again when they change.
   *
   * @param clients certificates whose owners alone may connect; empty for whoever has a token
   */
  public record Tls(Path certificate, Path key, Optional<Path> clients) {}

  /** Starts at once, for this process alone; without a way to models. */
  public WorkerServer(Dispatcher dispatcher, CommandLoop loop) {
    this(dispatcher, loop, Optional.empty());
  }

  /** As the other; {@code models} is what {@link #models} has made. */
  public WorkerServer(
      Dispatcher dispatcher, CommandLoop loop, Optional<ServerServiceDefinition> models) {
    this.dispatcher = dispatcher;
    this.loop = loop;
    this.models = models;
    String name = UUID.randomUUID().toString();
    Gatekeeper self =
        given -> token.equals(given) ? Optional.of(Caller.capstan()) : Optional.empty();
    InProcessServerBuilder builder =
        InProcessServerBuilder.forName(name)
            .intercept(new Admission(self))
            .addService(new WorkerEndpoint(dispatcher, loop, self, Optional.empty()));
    models.ifPresent(builder::addService);
    start(builder);
    channel =
        InProcessChannelBuilder.forName(name)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .maxInboundMessageSize(WorkerLimits.LARGEST_MESSAGE)
            .build();
  }

  /**
   * Listens to workers on other machines too.
   *
   * @param others services that are reached at the same port, each with its own guard
   * @return the port
   */
  public int listen(
      Listening listening,
      TaskQueue queue,
      Workshop workshop,
      List<ServerServiceDefinition> others) {
    return listen(
        listening,
        queue,
        List.of(
            records(workshop),
            new ArtifactEndpoint(
                workshop.store(), listening.limits().artifactBytes(), listening.gatekeeper())),
        others);
  }

  /**
   * Listens to workers on other machines too.
   *
   * @param ofLeases what whoever holds a lease may call
   * @param others services that are reached at the same port, each with its own guard
   * @return the port
   */
  public int listen(
      Listening listening,
      TaskQueue queue,
      List<BindableService> ofLeases,
      List<ServerServiceDefinition> others) {
    NettyServerBuilder builder =
        listening
            .tls()
            .map(tls -> NettyServerBuilder.forAddress(listening.address(), credentials(tls)))
            .orElseGet(() -> NettyServerBuilder.forAddress(listening.address()));
    Gatekeeper gatekeeper = listening.gatekeeper();
    LeaseGuard guard = new LeaseGuard(queue);
    Admission admission = new Admission(gatekeeper);
    MessageLimit size =
        new MessageLimit(
            listening.limits().messageBytes(),
            (_, why) -> gatekeeper.refused(Admission.guest().refused(Reason.SIZE, why)));
    builder
        .maxInboundMessageSize(WorkerLimits.LARGEST_MESSAGE)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .permitKeepAliveTime(KEEP_ALIVE_SECONDS / 2, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .addService(
            ServerInterceptors.intercept(
                new WorkerEndpoint(dispatcher, loop, gatekeeper, Optional.of(listening)),
                size,
                admission));
    ofLeases.forEach(service ->
        builder.addService(ServerInterceptors.intercept(service, guard, size, admission)));
    others.forEach(builder::addService);
    models.ifPresent(
        service -> builder.addService(ServerInterceptors.intercept(service, size, admission)));
    return start(builder).getPort();
  }

  /** The way of attempts to models, for whoever holds a lease. */
  public static ServerServiceDefinition models(ModelServer models, TaskQueue queue) {
    return ServerInterceptors.intercept(
        new ModelsEndpoint(models, new SecretScanner()), new LeaseGuard(queue));
  }

  private static BindableService records(Workshop workshop) {
    return new RecordsEndpoint(
        workshop.runs(),
        workshop.activity(),
        workshop.artifacts(),
        workshop.baselines(),
        workshop.outcomes());
  }

  private ServerCredentials credentials(Tls tls) {
    Credentials opened = new Credentials(tls);
    credentials.add(opened);
    return opened.current();
  }

  private Server start(ServerBuilder<?> builder) {
    try {
      Server server = builder.executor(Executors.newVirtualThreadPerTaskExecutor()).build().start();
      servers.add(server);
      return server;
    } catch (IOException failure) {
      throw new UncheckedIOException("workers cannot be listened to", failure);
    }
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
    servers.forEach(Server::shutdownNow);
    credentials.forEach(Credentials::close);
    try {
      for (Server server : servers) {
        server.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
