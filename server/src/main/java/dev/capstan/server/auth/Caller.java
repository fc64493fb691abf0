package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens.Token;
import dev.capstan.core.Actor;
import java.util.Set;

/**
 * Who asks, in one of the roles that they have.
 *
 * @param actor as events name them
 * @param token the id of their token; empty for the owner of the data folder
 */
public record Caller(Actor actor, String token, Scope scope, Access access) {
  /** Whom events name otherwise. */
  public static final Set<String> RESERVED = Set.of("user", "capstan", "nobody");

  /** Whoever can read the data folder's endpoint file. */
  static final Caller OWNER =
      new Caller(new Actor("user"), "", Scope.ADMIN, new Access.Everything());

  static Caller of(Token token) {
    return new Caller(new Actor(token.name()), token.id(), token.scope(), token.access());
  }

  /** Where they may do it: {@code ORGANISATION} or {@code ORGANISATION/PROJECT}. */
  public String place() {
    return access.home() + access.project().map(project -> "/" + project).orElse("");
  }

  /** Capstan itself, at work for an organisation. */
  public static Caller capstan(OrganisationId organisation) {
    return new Caller(Actor.SYSTEM, "", Scope.ADMIN, new Access.Within(organisation));
  }

  /** Capstan itself, at work for the whole installation. */
  public static Caller capstan() {
    return new Caller(Actor.SYSTEM, "", Scope.ADMIN, new Access.Everything());
  }
}
