package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who holds a token. */
public final class SignIn {
  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]*\\.[\\w-]*");

  private final Buckets failures;
  private final LongAdder failed = new LongAdder();
  private final byte[] owner;
  private final Tokens tokens;
  private final Optional<People> people;

  /**
   * Begins with no failures.
   *
   * @param owner the token of the data folder's endpoint file
   * @param people empty where no issuer says who they are
   * @param failuresPerMinute of one address, which are answered in full
   */
  public SignIn(String owner, Tokens tokens, Optional<People> people, int failuresPerMinute) {
    this.people = people;
    this.failures = new Buckets(failuresPerMinute);
    this.owner = owner.getBytes(StandardCharsets.UTF_8);
    this.tokens = tokens;
  }

  /** True if a worker may connect with it. */
  public boolean isWorker(String token) {
    return caller(token)
        .filter(caller -> caller.scope().covers(Scope.WORKER))
        .filter(caller ->
            caller.scope() == Scope.WORKER || caller.access() instanceof Access.Everything)
        .isPresent();
  }

  /** How many sign-ins have failed since the start. */
  public long failed() {
    return failed.sum();
  }

  /** Counts a failure of that address; empty unless too many of it came in short time. */
  Optional<Duration> failed(String address) {
    failed.increment();
    Optional<Duration> wait = failures.take(address);
    if (wait.isPresent()) {
      LOG.debug("too many failed sign-ins from {}", address);
    }
    return wait;
  }

  /** Who holds it; empty if it is not good. */
  public Optional<Caller> caller(String token) {
    if (MessageDigest.isEqual(owner, token.getBytes(StandardCharsets.UTF_8))) {
      return Optional.of(Caller.OWNER);
    }
    if (people.isPresent() && JWT.matcher(token).matches()) {
      return people.get().caller(token);
    }
    return tokens.use(Secrets.hash(token)).map(Caller::of);
  }
}
