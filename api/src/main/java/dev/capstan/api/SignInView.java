package dev.capstan.api;

/**
 * How people sign in; all is "" where they do not.
 *
 * @param issuer of OpenID Connect
 * @param clientId as which the command line asks it
 * @param scopes what is asked for, with spaces between
 */
public record SignInView(String issuer, String clientId, String scopes) {}
