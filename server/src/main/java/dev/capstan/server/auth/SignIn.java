package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out who holds a token. */
public final class SignIn {
  /** The header that says where somebody with several roles asks to act. */
  public static final String PLACE = "Capstan-As";

  private static final Logger LOG = LoggerFactory.getLogger(SignIn.class);

  private static final Pattern JWT = Pattern.compile("[\\w-]+\\.[\\w-]*\\.[\\w-]*");

  private final Buckets failures;
  private final Runnable failed;
  private final byte[] owner;
  private final Tokens tokens;
  private final Optional<People> people;

  /**
   * Begins with no failures.
   *
   * @param owner the token of the data folder's endpoint file
   * @param people empty where no issuer says who they are
   * @param failuresPerMinute of one address, which are answered in full
   * @param failed is told of each that bore no good token
   */
  public SignIn(
      String owner,
      Tokens tokens,
      Optional<People> people,
      int failuresPerMinute,
      Runnable failed) {
    this.failed = failed;
    this.people = people;
    this.failures = new Buckets(failuresPerMinute);
    this.owner = owner.getBytes(StandardCharsets.UTF_8);
    this.tokens = tokens;
  }

  /** What is known of whoever sends a token. */
  public sealed interface Found {
    /** Who they are, in the role in which they ask. */
    record Known(Caller caller) implements Found {}

    /**
     * Who they are, but not with the role that they ask in.
     *
     * @param caller in another role
     */
    record OtherRole(Caller caller, String why) implements Found {}

    record Nobody() implements Found {}
  }

  /**
   * Finds out who asks.
   *
   * @param place where they ask to act, as {@link Caller#place} says; null for their first role
   */
  public Found find(String token, @Nullable String place) {
    List<Caller> roles = roles(token);
    if (roles.isEmpty()) {
      return new Found.Nobody();
    }
    return roles.stream()
        .filter(role -> place == null || role.place().equals(place.strip()))
        .findFirst()
        .<Found>map(Found.Known::new)
        .orElseGet(() -> new Found.OtherRole(roles.getFirst(), otherRole(roles)));
  }

  private static String otherRole(List<Caller> roles) {
    return PLACE
        + ": "
        + roles.getFirst().actor()
        + " may act in "
        + roles.stream()
            .map(role -> role.place() + " (" + role.scope().word() + ')')
            .collect(Collectors.joining(", "));
  }

  /** Whoever sends a token, if a worker may connect with it. */
  public Optional<Caller> worker(String token) {
    return roles(token).stream()
        .findFirst()
        .filter(caller -> caller.scope().covers(Scope.WORKER))
        .filter(caller ->
            caller.scope() == Scope.WORKER || caller.access() instanceof Access.Everything);
  }

  /** Counts a failure of that address; empty unless too many of it came in short time. */
  public Optional<Duration> failed(String address) {
    failed.run();
    Optional<Duration> wait = failures.take(address);
    if (wait.isPresent()) {
      LOG.debug("too many failed sign-ins from {}", address);
    }
    return wait;
  }

  /** Who holds it, in each of their roles; none if it is not good. A token of ours has one. */
  private List<Caller> roles(String token) {
    if (MessageDigest.isEqual(owner, token.getBytes(StandardCharsets.UTF_8))) {
      return List.of(Caller.OWNER);
    }
    if (people.isPresent() && JWT.matcher(token).matches()) {
      return people.get().callers(token);
    }
    String hash = Secrets.hash(token);
    return tokens.use(hash).map(found -> Caller.of(found, hash)).stream().toList();
  }
}
