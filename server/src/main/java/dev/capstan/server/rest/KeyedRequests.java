package dev.capstan.server.rest;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.Problem;
import dev.capstan.control.records.RequestKeys;
import dev.capstan.control.records.RequestKeys.Answer;
import dev.capstan.control.records.RequestKeys.Asked;
import dev.capstan.control.records.RequestKeys.Claim;
import dev.capstan.server.auth.BodyTooLarge;
import dev.capstan.server.auth.Callers;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives a POST with an {@code Idempotency-Key} one effect and one answer, however often it is sent,
 * and reads its body, as far as its limit goes. Stands behind whoever decides who may ask.
 */
public final class KeyedRequests extends OncePerRequestFilter {
  private static final String HEADER = "Idempotency-Key";
  private static final String TOKENS = "/api/v1/tokens";
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");
  private static final long READ_TO_BE_HEARD = 128L << 20;
  private static final Duration HOLD_ANEW = Duration.ofSeconds(10);

  private final RequestKeys keys;
  private final Callers callers;
  private final JsonMapper json;

  public KeyedRequests(RequestKeys keys, Callers callers, JsonMapper json) {
    this.keys = keys;
    this.callers = callers;
    this.json = json;
  }

  /**
   * A request with a key.
   *
   * @param id the same whenever it is sent
   * @param repeated whether it may have had its effect before
   */
  record Keyed(String id, boolean repeated) {
    static Optional<Keyed> of(HttpServletRequest request) {
      return Optional.ofNullable((Keyed) request.getAttribute(Keyed.class.getName()));
    }
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (!request.getMethod().equals("POST") || isUpload(request) || !mayBeKept(request)) {
      chain.doFilter(request, response);
      return;
    }
    byte[] body;
    try {
      body = request.getInputStream().readAllBytes();
    } catch (BodyTooLarge tooLarge) {
      passOver(request.getInputStream());
      refuse(response, ErrorCode.TOO_LARGE, tooLarge.getMessage());
      return;
    }
    HttpServletRequest again = new ReadRequest(request, body);
    String key = request.getHeader(HEADER);
    if (key == null) {
      chain.doFilter(again, response);
    } else if (!KEY.matcher(key).matches()) {
      refuse(response, ErrorCode.INVALID, HEADER + " is 1 to 200 visible characters of ASCII");
    } else {
      answer(new Asked(caller(), key, hash(request, body)), again, response, chain);
    }
  }

  /** A new token is kept nowhere, and nobody in particular has no keys. */
  private boolean mayBeKept(HttpServletRequest request) {
    return callers.isAnybody() && !request.getRequestURI().startsWith(TOKENS);
  }

  /** The same bytes are the same artifact, commits, or report, so a key adds nothing. */
  private static boolean isUpload(HttpServletRequest request) {
    String type = request.getContentType();
    return type != null
        && (type.startsWith(MediaType.APPLICATION_OCTET_STREAM_VALUE)
            || type.startsWith("application/x-git-")
            || type.startsWith(MediaType.APPLICATION_FORM_URLENCODED_VALUE));
  }

  /** A sender that still writes would not read the refusal. */
  private static void passOver(InputStream rest) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long passed = 0;
    int read = 0;
    while (passed < READ_TO_BE_HEARD && read >= 0) {
      try {
        read = rest.read(buffer);
        passed += read;
      } catch (BodyTooLarge _) {
        passed += buffer.length;
      }
    }
  }

  private void answer(
      Asked asked, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    switch (keys.claim(asked)) {
      case Claim.Mine(var repeated) -> {
        request.setAttribute(Keyed.class.getName(), new Keyed(id(asked), repeated));
        carryOut(asked, request, response, chain);
      }
      case Claim.Answered(var answer) -> send(response, answer);
      case Claim.OtherRequest _ ->
          refuse(
              response,
              ErrorCode.KEY_REUSED,
              "the key " + asked.key() + " was sent with another request; choose a new one");
      case Claim.UnderWay _ ->
          refuse(
              response,
              ErrorCode.CONFLICT,
              "the request with the key " + asked.key() + " is under way; send it again later");
    }
  }

  /** The answer is kept before it is sent: who got one gets the same for ever after. */
  private void carryOut(
      Asked asked, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    var answer = new ContentCachingResponseWrapper(response);
    Thread holder = Thread.ofVirtual().name("hold-request").start(() -> keepHolding(asked));
    boolean answered = false;
    try {
      chain.doFilter(request, answer);
      answered = isFinal(answer.getStatus());
    } finally {
      holder.interrupt();
      if (answered) {
        keys.answer(asked, answer(answer));
      } else {
        keys.release(asked);
      }
    }
    answer.copyBodyToResponse();
  }

  /** Who is refused may be let in later. */
  private static boolean isFinal(int status) {
    return status < ErrorCode.INTERNAL.httpStatus()
        && status != ErrorCode.UNAUTHENTICATED.httpStatus()
        && status != ErrorCode.FORBIDDEN.httpStatus()
        && status != ErrorCode.TOO_MANY.httpStatus();
  }

  private void keepHolding(Asked asked) {
    try {
      while (true) {
        Thread.sleep(HOLD_ANEW);
        keys.hold(asked);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException outage) {
      logger.warn("a request is no longer held: " + outage.getMessage());
    }
  }

  private static Answer answer(ContentCachingResponseWrapper answer) {
    return new Answer(
        answer.getStatus(),
        Objects.requireNonNullElse(answer.getContentType(), ""),
        Objects.requireNonNullElse(answer.getHeader("ETag"), ""),
        new String(answer.getContentAsByteArray(), StandardCharsets.UTF_8));
  }

  private static void send(HttpServletResponse response, Answer answer) throws IOException {
    response.setStatus(answer.status());
    if (!answer.mediaType().isEmpty()) {
      response.setContentType(answer.mediaType());
    }
    if (!answer.version().isEmpty()) {
      response.setHeader("ETag", answer.version());
    }
    response.getOutputStream().write(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  private void refuse(HttpServletResponse response, ErrorCode code, @Nullable String detail)
      throws IOException {
    response.setStatus(code.httpStatus());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    Problem problem = new Problem(code.httpStatus(), code, code.title(), String.valueOf(detail));
    response.getOutputStream().write(json.writeValueAsBytes(problem));
  }

  private String caller() {
    return callers.current().token() + ' ' + callers.current().place();
  }

  private static String id(Asked asked) {
    String name = asked.caller() + '\n' + asked.key();
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String hash(HttpServletRequest request, byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      String head =
          String.join(
              "\n",
              request.getRequestURI(),
              String.valueOf(request.getQueryString()),
              String.valueOf(request.getHeader("If-Match")),
              "");
      digest.update(head.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
