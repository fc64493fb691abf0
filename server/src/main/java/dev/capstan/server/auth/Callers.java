package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, on the thread that answers them and on the threads that it starts for them. Without
 * anybody nothing is visible: it throws.
 */
public final class Callers {
  @SuppressWarnings("ThreadLocalUsage") // each installation of a process has its own callers
  private final InheritableThreadLocal<@Nullable Caller> current = new InheritableThreadLocal<>();

  /** Throws {@link IllegalStateException} if nobody asks. */
  public Caller current() {
    Caller caller = current.get();
    if (caller == null) {
      throw new IllegalStateException("nobody asks");
    }
    return caller;
  }

  public Access access() {
    return current().access();
  }

  /** False before a token was found good. */
  public boolean isAnybody() {
    return current.get() != null;
  }

  void enter(Caller caller) {
    current.set(caller);
  }

  void leave() {
    current.remove();
  }

  /** Does work for somebody. */
  public <T extends @Nullable Object> T as(Caller caller, Callable<T> work) throws Exception {
    Caller before = current.get();
    current.set(caller);
    try {
      return work.call();
    } finally {
      current.set(before);
    }
  }
}
