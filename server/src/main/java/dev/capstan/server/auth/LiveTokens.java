package dev.capstan.server.auth;

import dev.capstan.control.access.Grants;
import dev.capstan.control.access.Grants.Grant;
import dev.capstan.control.access.Tokens;
import dev.capstan.control.access.Tokens.Token;
import dev.capstan.server.auth.Caller.Basis;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what goes on for longer than a request once the role that it was begun in stands no more: a
 * token was revoked, expired, got another secret or another role; a grant was removed, or a
 * person's token is over. It makes no difference at which server that was done: this looks every
 * two seconds, with one query for all tokens and one for all grants. Safe for many threads.
 */
public final class LiveTokens implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LiveTokens.class);
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final Tokens tokens;
  private final Grants grants;
  private final InstantSource clock;
  private final Set<Watch> watched = ConcurrentHashMap.newKeySet();
  private final Thread thread;

  /** Starts at once. */
  public LiveTokens(Tokens tokens, Grants grants, InstantSource clock) {
    this.tokens = tokens;
    this.grants = grants;
    this.clock = clock;
    this.thread = Thread.ofVirtual().name("live-tokens").start(this::look);
  }

  /** What goes on, until it is closed. */
  public final class Watch implements AutoCloseable {
    private final Caller caller;
    private final Runnable end;
    private boolean over;
    private boolean ended;

    private Watch(Caller caller, Runnable end) {
      this.caller = caller;
      this.end = end;
    }

    /** True if it was ended for its caller's role. */
    public synchronized boolean hasEnded() {
      return ended;
    }

    private synchronized void end() {
      if (!over && !ended) {
        ended = true;
        end.run();
      }
    }

    /** After it nothing is ended any more. */
    @Override
    public synchronized void close() {
      over = true;
      watched.remove(this);
    }
  }

  /** A stream that has a thread of its own. */
  public final class Stream implements AutoCloseable {
    private final Watch watch;

    private Stream(Caller caller) {
      this.watch = watch(caller, Thread.currentThread()::interrupt);
    }

    /** True if the caller's role was the reason for the interruption. */
    public boolean hasEnded() {
      return watch.hasEnded();
    }

    /** After it the stream's thread, which calls it, is not interrupted any more. */
    @Override
    public void close() {
      watch.close();
      if (watch.hasEnded()) {
        Thread.interrupted();
      }
    }
  }

  /** Interrupts this thread once the caller's role stands no more. */
  public Stream watch(Caller caller) {
    return new Stream(caller);
  }

  /** Calls {@code end}, which must not wait, once the caller's role stands no more. */
  public Watch watch(Caller caller, Runnable end) {
    Watch watch = new Watch(caller, end);
    if (!(caller.basis() instanceof Basis.ThisProcess)) {
      watched.add(watch);
    }
    return watch;
  }

  private void look() {
    try {
      while (true) {
        Thread.sleep(LOOK);
        endOthers();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void endOthers() {
    List<Watch> looked = List.copyOf(watched);
    try {
      Set<Caller> standing =
          standing(looked.stream().map(watch -> watch.caller).collect(Collectors.toSet()));
      looked.stream().filter(watch -> !standing.contains(watch.caller)).forEach(Watch::end);
    } catch (RuntimeException outage) {
      LOG.warn("roles of streams cannot be looked up at the moment: {}", outage.getMessage());
    }
  }

  /** Those whose role is still what it was. */
  private Set<Caller> standing(Set<Caller> callers) {
    Map<String, Token> good = found(callers, LiveTokens::hash, tokens::good);
    Map<String, Grant> kept =
        found(
            callers,
            LiveTokens::grant,
            ids ->
                grants.find(ids).stream()
                    .collect(Collectors.toMap(Grant::id, Function.identity())));
    Instant now = clock.instant();
    return callers.stream()
        .filter(caller ->
            switch (caller.basis()) {
              case Basis.ThisProcess _ -> true;
              case Basis.Secret(var hash) ->
                  Optional.ofNullable(good.get(hash))
                      .filter(token -> caller.equals(Caller.of(token, hash)))
                      .isPresent();
              case Basis.Kept(var grant, var until) ->
                  now.isBefore(until)
                      && Optional.ofNullable(kept.get(grant))
                          .filter(one ->
                              one.scope() == caller.scope() && one.access().equals(caller.access()))
                          .isPresent();
              case Basis.Configured(var until) -> now.isBefore(until);
            })
        .collect(Collectors.toSet());
  }

  /** What is known by the keys that some of the callers have; nothing is asked if none has. */
  private static <T> Map<String, T> found(
      Set<Caller> callers,
      Function<Caller, Optional<String>> key,
      Function<Set<String>, Map<String, T>> find) {
    Set<String> keys =
        callers.stream().flatMap(caller -> key.apply(caller).stream()).collect(Collectors.toSet());
    return keys.isEmpty() ? Map.of() : find.apply(keys);
  }

  private static Optional<String> hash(Caller caller) {
    return caller.basis() instanceof Basis.Secret(var hash) ? Optional.of(hash) : Optional.empty();
  }

  private static Optional<String> grant(Caller caller) {
    return caller.basis() instanceof Basis.Kept(var grant, _)
        ? Optional.of(grant)
        : Optional.empty();
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
