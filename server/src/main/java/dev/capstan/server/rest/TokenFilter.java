package dev.capstan.server.rest;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.Problem;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.databind.json.JsonMapper;

/** Lets in who holds the token of the endpoint file. */
public final class TokenFilter extends OncePerRequestFilter {
  private final byte[] expected;
  private final JsonMapper json;

  public TokenFilter(String token, JsonMapper json) {
    this.expected = bytes("Bearer " + token);
    this.json = json;
  }

  /** Probes have no token, and a webhook is known by its signature. */
  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return Set.of("/healthz", "/readyz", "/api/v1/webhooks/github", "/api/v1/webhooks/gitlab")
        .contains(request.getRequestURI());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String given = request.getHeader("Authorization");
    if (given != null && MessageDigest.isEqual(expected, bytes(given))) {
      chain.doFilter(request, response);
      return;
    }
    Problem problem =
        new Problem(
            ErrorCode.UNAUTHENTICATED.httpStatus(),
            ErrorCode.UNAUTHENTICATED,
            ErrorCode.UNAUTHENTICATED.title(),
            "Send the token of the data folder's endpoint.json as a bearer token.");
    response.setStatus(problem.status());
    response.setContentType("application/problem+json");
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
