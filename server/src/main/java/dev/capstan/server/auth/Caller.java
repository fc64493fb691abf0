package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens.Token;
import dev.capstan.core.Actor;
import java.time.Instant;
import java.util.Set;

/**
 * Who asks, in one of the roles that they have.
 *
 * @param actor as events name them
 * @param token the id of their token; empty for the owner of the data folder
 * @param basis what the role rests on
 */
public record Caller(Actor actor, String token, Scope scope, Access access, Basis basis) {
  /** What a role rests on; what somebody has begun in it ends with that. */
  public sealed interface Basis {
    /** This process. */
    record ThisProcess() implements Basis {}

    /** A token of ours, by SHA-256 of the secret that was sent, in hexadecimal. */
    record Secret(String hash) implements Basis {}

    /** A grant that is kept here, by its id, as long as the issuer's token is good. */
    record Kept(String grant, Instant until) implements Basis {}

    /** A grant of the configuration, as long as the issuer's token is good. */
    record Configured(Instant until) implements Basis {}
  }

  /** Whom events name otherwise. */
  public static final Set<String> RESERVED = Set.of("user", "capstan", "nobody");

  /** Whoever can read the data folder's endpoint file. */
  static final Caller OWNER =
      new Caller(
          new Actor("user"), "", Scope.ADMIN, new Access.Everything(), new Basis.ThisProcess());

  /** Whoever sent a secret with that hash. */
  static Caller of(Token token, String hash) {
    return new Caller(
        new Actor(token.name()), token.id(), token.scope(), token.access(), new Basis.Secret(hash));
  }

  /** Where they may do it: {@code ORGANISATION} or {@code ORGANISATION/PROJECT}. */
  public String place() {
    return access.home() + access.project().map(project -> "/" + project).orElse("");
  }

  /** Capstan itself, at work for an organisation. */
  public static Caller capstan(OrganisationId organisation) {
    return new Caller(
        Actor.SYSTEM, "", Scope.ADMIN, new Access.Within(organisation), new Basis.ThisProcess());
  }

  /** Capstan itself, at work for the whole installation. */
  public static Caller capstan() {
    return new Caller(
        Actor.SYSTEM, "", Scope.ADMIN, new Access.Everything(), new Basis.ThisProcess());
  }
}
