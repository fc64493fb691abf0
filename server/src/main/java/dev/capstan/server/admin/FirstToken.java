package dev.capstan.server.admin;

import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens;
import dev.capstan.control.access.Tokens.Token;
import dev.capstan.core.Actor;
import dev.capstan.server.auth.Secrets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** The token by which somebody gets in at all. */
public final class FirstToken {
  private final Tokens tokens;
  private final InstantSource clock;

  public FirstToken(Tokens tokens, InstantSource clock) {
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Makes it unless there has been a token before. */
  public Optional<String> make() {
    if (tokens.any()) {
      return Optional.empty();
    }
    String secret = Secrets.next();
    Token token =
        new Token(
            UUID.randomUUID().toString(),
            "admin",
            Scope.ADMIN,
            OrganisationId.DEFAULT,
            Optional.empty(),
            clock.instant(),
            Actor.SYSTEM.name(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return tokens.add(token, Secrets.hash(secret)) ? Optional.of(secret) : Optional.empty();
  }
}
