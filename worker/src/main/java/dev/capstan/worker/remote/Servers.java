package dev.capstan.worker.remote;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * The servers of one installation: every call goes to the one that is in turn, and when that one is
 * lost the next has its turn. Safe for many threads.
 */
public final class Servers extends Channel implements AutoCloseable {
  private final List<URI> addresses;
  private final List<ManagedChannel> channels = new ArrayList<>();
  private volatile int turn;

  /**
   * Connects to the first when it is first used.
   *
   * @param addresses each as {@link ServerChannel#to} takes it; at least one
   */
  public Servers(List<URI> addresses, ServerChannel.Tls tls) {
    if (addresses.isEmpty()) {
      throw new IllegalArgumentException("a worker needs the address of a server");
    }
    this.addresses = List.copyOf(addresses);
    this.addresses.forEach(address -> channels.add(ServerChannel.to(address, tls)));
  }

  /** The machine whose turn it is. */
  String host() {
    return addresses.get(turn).getHost();
  }

  /** The one in turn is lost. A new connection is made to the next, even if it is the same. */
  void next() {
    channels.get(turn).enterIdle();
    turn = (turn + 1) % channels.size();
    channels.get(turn).resetConnectBackoff();
  }

  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return channels.get(turn).newCall(method, options);
  }

  @Override
  public String authority() {
    return channels.get(turn).authority();
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
  }
}
