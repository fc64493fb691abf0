package dev.capstan.cli.session;

import java.time.Instant;

/**
 * Somebody's sign-in to one server.
 *
 * @param token what the server is sent
 * @param refreshToken what the issuer gives the next one for; "" if it gives none
 * @param expiresAt when {@code token} ends
 */
record Login(String issuer, String clientId, String token, String refreshToken, Instant expiresAt) {
  /** Not the tokens. */
  @Override
  public String toString() {
    return "a sign-in by " + issuer;
  }
}
