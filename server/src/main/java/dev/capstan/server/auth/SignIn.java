package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Finds out who holds a token. */
public final class SignIn {
  private final byte[] owner;
  private final Tokens tokens;

  /** {@code owner} is the token of the data folder's endpoint file. */
  public SignIn(String owner, Tokens tokens) {
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

  Optional<Caller> caller(String token) {
    if (MessageDigest.isEqual(owner, token.getBytes(StandardCharsets.UTF_8))) {
      return Optional.of(Caller.OWNER);
    }
    return tokens.use(Secrets.hash(token)).map(Caller::of);
  }
}
