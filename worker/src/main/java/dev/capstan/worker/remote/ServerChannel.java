package dev.capstan.worker.remote;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The way to a server on another machine. */
public final class ServerChannel {
  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;
  private static final int KEEP_ALIVE_SECONDS = 20;
  private static final int CONNECT_MILLIS = 3_000;

  private ServerChannel() {}

  /**
   * What a worker shows and checks, as PEM files.
   *
   * @param authorities that the server's certificate is checked with; empty for the system's
   * @param certificate of the worker, with its key; both or neither
   */
  public record Tls(Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {}

  /**
   * Connects when it is first used.
   *
   * @param server {@code grpc://host:port}, or {@code grpcs://host:port} for TLS; anything else
   *     throws {@link IllegalArgumentException}
   */
  public static ManagedChannel to(URI server, Tls tls) {
    if (server.getHost() == null || server.getPort() < 0) {
      throw new IllegalArgumentException(
          "a server is grpcs://HOST:PORT, or grpc://HOST:PORT without TLS, but was \""
              + server
              + '"');
    }
    ChannelCredentials credentials =
        switch (server.getScheme()) {
          case "grpc" -> InsecureChannelCredentials.create();
          case "grpcs" -> credentials(tls);
          default ->
              throw new IllegalArgumentException(
                  "a server's address begins with grpcs:// or grpc://, but was \"" + server + '"');
        };
    return NettyChannelBuilder.forAddress(server.getHost(), server.getPort(), credentials)
        .executor(Executors.newVirtualThreadPerTaskExecutor())
        .maxInboundMessageSize(LARGEST_MESSAGE)
        .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
        .keepAliveTimeout(KEEP_ALIVE_SECONDS / 2, TimeUnit.SECONDS)
        .keepAliveWithoutCalls(true)
        .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
        .build();
  }

  private static ChannelCredentials credentials(Tls tls) {
    try {
      TlsChannelCredentials.Builder credentials = TlsChannelCredentials.newBuilder();
      if (tls.authorities().isPresent()) {
        credentials.trustManager(tls.authorities().get().toFile());
      }
      if (tls.certificate().isPresent() && tls.key().isPresent()) {
        credentials.keyManager(tls.certificate().get().toFile(), tls.key().get().toFile());
      }
      return credentials.build();
    } catch (IOException failure) {
      throw new UncheckedIOException("the certificates cannot be read", failure);
    }
  }
}
