package dev.capstan.server.auth;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import tools.jackson.databind.json.JsonMapper;

/** Answers what is refused before any handler sees it, as problem+json. */
public final class Refusals {
  /** Where the reason of a refusal is kept for the audit. */
  static final String REASON = Refusals.class.getName();

  private final JsonMapper json;

  public Refusals(JsonMapper json) {
    this.json = json;
  }

  void unauthenticated(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer realm=\"capstan\"");
    refuse(
        request,
        response,
        ErrorCode.UNAUTHENTICATED,
        "Send a good token as Authorization: Bearer TOKEN: one that capstan token create has made,"
            + " or on this machine that of the data folder's endpoint.json.");
  }

  void refuse(
      HttpServletRequest request, HttpServletResponse response, ErrorCode code, String detail)
      throws IOException {
    request.setAttribute(REASON, detail);
    response.setStatus(code.httpStatus());
    response.setContentType("application/problem+json");
    Problem problem = new Problem(code.httpStatus(), code, code.title(), detail);
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }
}
