package dev.capstan.worker.protocol;

import dev.capstan.control.Lease;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sends along the lease in whose name a thread works, or the thread that started it. The server
 * lets through what concerns that lease's task.
 */
public final class LeaseHeader implements ClientInterceptor {
  /** The header's name, in gRPC and in HTTP. */
  public static final String NAME = "capstan-lease";

  public static final Metadata.Key<String> KEY =
      Metadata.Key.of(NAME, Metadata.ASCII_STRING_MARSHALLER);

  private static final Pattern FORM = Pattern.compile("(\\d{1,18})\\.(\\d{1,19})");

  private static final InheritableThreadLocal<Lease> CURRENT = new InheritableThreadLocal<>();

  /** From now on this thread, and those that it starts, work in the name of that lease. */
  public static void enter(Lease lease) {
    CURRENT.set(lease);
  }

  public static void leave() {
    CURRENT.remove();
  }

  /** What the header says now, if this thread works in the name of a lease. */
  public static Optional<String> value() {
    return Optional.ofNullable(CURRENT.get()).map(LeaseHeader::of);
  }

  /** What the header says for a lease. */
  public static String of(Lease lease) {
    return lease.task() + "." + lease.token();
  }

  /** Reads what {@link #value} wrote; empty for anything else. */
  public static Optional<Lease> parse(String value) {
    Matcher parts = FORM.matcher(value);
    try {
      return parts.matches()
          ? Optional.of(new Lease(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))))
          : Optional.empty();
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<A> listener, Metadata headers) {
        value().ifPresent(lease -> headers.put(KEY, lease));
        super.start(listener, headers);
      }
    };
  }
}
