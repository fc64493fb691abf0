package dev.capstan.server.admin;

import dev.capstan.api.CreateToken;
import dev.capstan.api.CreatedToken;
import dev.capstan.api.Page;
import dev.capstan.api.RotateToken;
import dev.capstan.api.TokenView;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tokens;
import dev.capstan.control.access.Tokens.Token;
import dev.capstan.control.records.Place;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.Secrets;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import dev.capstan.server.rest.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The tokens of an organisation; an admin of the installation has those of all. */
@RestController
@RequestMapping("/api/v1/tokens")
public final class TokenController {
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,59}");

  private static final long LONGEST_DAYS = 3_650;
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);

  private final Tokens tokens;
  private final Jurisdiction jurisdiction;
  private final InstantSource clock;

  public TokenController(Tokens tokens, Jurisdiction jurisdiction, InstantSource clock) {
    this.tokens = tokens;
    this.jurisdiction = jurisdiction;
    this.clock = clock;
  }

  /** Makes a token; it is shown this once. */
  @Allowed(Scope.ADMIN)
  @PostMapping
  CreatedToken create(@RequestBody CreateToken request) {
    Bodies.complete(request);
    Token token = token(request);
    String secret = Secrets.next();
    if (!tokens.add(token, Secrets.hash(secret))) {
      throw ApiException.conflict(
          "a token named "
              + token.name()
              + " is in use; choose another name, or revoke that one first");
    }
    return new CreatedToken(secret, view(token));
  }

  private Token token(CreateToken request) {
    if (!NAME.matcher(request.name()).matches() || Caller.RESERVED.contains(request.name())) {
      throw ApiException.invalid(
          "a token's name is 1 to 60 of a-z, 0-9 and . _ @ -, and none of " + Caller.RESERVED);
    }
    Scope scope =
        Scope.of(request.scope())
            .orElseThrow(() ->
                ApiException.invalid(
                    "a scope is reader, operator, maintainer, admin or worker, not \""
                        + request.scope()
                        + '"'));
    Instant now = clock.instant();
    OrganisationId organisation = jurisdiction.organisation(request.organisation());
    if (scope == Scope.WORKER && !(organisation.isDefault() && request.project().isEmpty())) {
      throw ApiException.invalid(
          "a worker works for the whole installation: its token names no project, and no"
              + " organisation but the first");
    }
    return new Token(
        UUID.randomUUID().toString(),
        request.name(),
        scope,
        organisation,
        jurisdiction.project(request.project(), organisation, scope),
        now,
        jurisdiction.asker(),
        expiry(request.days()).map(now::plus),
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<Duration> expiry(long days) {
    if (days < 0 || days > LONGEST_DAYS) {
      throw ApiException.invalid("a token is good for 1 to 3650 days, or 0 for ever");
    }
    return days == 0 ? Optional.empty() : Optional.of(Duration.ofDays(days));
  }

  /** The tokens, newest first, without their secrets. */
  @Allowed(Scope.ADMIN)
  @GetMapping
  Page<TokenView> list(
      @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "50") int limit) {
    Place place = Pages.place(after).orElse(Pages.NEWEST);
    return Pages.of(
        tokens.list(jurisdiction.access(), place.at(), place.id(), Pages.wanted(limit)),
        limit,
        TokenController::view,
        token -> Pages.after(new Place(token.createdAt(), token.id())));
  }

  /**
   * Gives a token another secret, which is shown this once; the secret that it had is good for so
   * many minutes beside it, or not any more.
   */
  @Allowed(Scope.ADMIN)
  @PostMapping("/{id}/rotate")
  CreatedToken rotate(@PathVariable String id, @RequestBody RotateToken request) {
    long minutes = Bodies.complete(request).graceMinutes();
    if (minutes < 0 || minutes > LONGEST_GRACE.toMinutes()) {
      throw ApiException.invalid(
          "a former secret is good for 1 to 10080 minutes more, or 0 for not at all");
    }
    String secret = Secrets.next();
    return tokens
        .rotate(jurisdiction.access(), id, Secrets.hash(secret), Duration.ofMinutes(minutes))
        .map(token -> new CreatedToken(secret, view(token)))
        .orElseThrow(() -> notInUse(id));
  }

  private static ApiException notInUse(String id) {
    return ApiException.notFound("there is no token " + id + " in use");
  }

  /** Ends a token at once. */
  @Allowed(Scope.ADMIN)
  @DeleteMapping("/{id}")
  void revoke(@PathVariable String id) {
    if (!tokens.revoke(jurisdiction.access(), id)) {
      throw notInUse(id);
    }
  }

  private static TokenView view(Token token) {
    return new TokenView(
        token.id(),
        token.name(),
        token.scope().word(),
        token.organisation().value(),
        token.project().map(ProjectId::value).orElse(""),
        token.createdAt(),
        token.createdBy(),
        token.expiresAt().orElse(null),
        token.lastUsedAt().orElse(null),
        token.revokedAt().orElse(null));
  }
}
