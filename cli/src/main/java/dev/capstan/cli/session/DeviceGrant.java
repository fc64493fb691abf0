package dev.capstan.cli.session;

import dev.capstan.api.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Signs somebody in by the device authorization grant (RFC 8628): they open an address in any
 * browser and type a code, so it works over SSH too.
 */
public final class DeviceGrant {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int OK = 200;
  private static final int SLOWER_SECONDS = 5;
  private static final int USUAL_INTERVAL_SECONDS = 5;
  private static final int USUAL_END_SECONDS = 600;
  private static final int USUAL_LIFE_SECONDS = 300;
  private static final String SAFE = "https://.+|http://(127\\.0\\.0\\.1|localhost|\\[::1])[:/].*";

  private final String issuer;
  private final String clientId;
  private final InstantSource clock;

  DeviceGrant(String issuer, String clientId, InstantSource clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.clock = clock;
  }

  /**
   * What somebody has to do.
   *
   * @param address to be opened in a browser
   * @param code to be typed there
   */
  public record Prompt(String address, String code) {}

  /** An answer of the issuer, whatever its status. */
  private record Answer(int status, JsonNode body) {
    String text(String field) {
      return body.path(field).asString("");
    }

    int number(String field, int otherwise) {
      return body.path(field).asInt(otherwise);
    }
  }

  static ApiFailure signInAnew(String server) {
    return new ApiFailure(
        ErrorCode.UNAUTHENTICATED, "sign in again: capstan login --server " + server);
  }

  /** Waits until they have signed in; throws {@link ApiFailure} if they do not. */
  Login signIn(String scopes, Consumer<Prompt> prompt) {
    try (HttpClient http = client()) {
      JsonNode issuing = discover(http);
      Answer begun =
          post(
              http,
              endpoint(issuing, "device_authorization_endpoint"),
              Map.of("client_id", clientId, "scope", scopes));
      if (begun.status() != OK) {
        throw refused(begun);
      }
      String complete = begun.text("verification_uri_complete");
      prompt.accept(
          new Prompt(
              complete.isEmpty() ? begun.text("verification_uri") : complete,
              begun.text("user_code")));
      return poll(http, endpoint(issuing, "token_endpoint"), begun);
    }
  }

  private Login poll(HttpClient http, URI tokens, Answer begun) {
    int interval = begun.number("interval", USUAL_INTERVAL_SECONDS);
    Instant end = clock.instant().plusSeconds(begun.number("expires_in", USUAL_END_SECONDS));
    Map<String, String> form = new LinkedHashMap<>();
    form.put("grant_type", "urn:ietf:params:oauth:grant-type:device_code");
    form.put("device_code", begun.text("device_code"));
    form.put("client_id", clientId);
    while (clock.instant().isBefore(end)) {
      pause(Duration.ofSeconds(interval));
      Answer answer = post(http, tokens, form);
      if (answer.status() == OK) {
        return login(answer, "");
      }
      switch (answer.text("error")) {
        case "authorization_pending" -> {}
        case "slow_down" -> interval += SLOWER_SECONDS;
        default -> throw refused(answer);
      }
    }
    throw new ApiFailure(ErrorCode.UNAUTHENTICATED, "nobody signed in in time; try again");
  }

  /** The next token. */
  Login renew(Login login, String server) {
    if (login.refreshToken().isEmpty()) {
      throw signInAnew(server);
    }
    try (HttpClient http = client()) {
      Answer answer =
          post(
              http,
              endpoint(discover(http), "token_endpoint"),
              Map.of(
                  "grant_type",
                  "refresh_token",
                  "refresh_token",
                  login.refreshToken(),
                  "client_id",
                  clientId));
      if (answer.status() != OK) {
        throw signInAnew(server);
      }
      return login(answer, login.refreshToken());
    }
  }

  private Login login(Answer answer, String refreshToken) {
    String token = answer.text("id_token");
    if (token.isEmpty()) {
      throw new ApiFailure(
          ErrorCode.UNAUTHENTICATED,
          issuer + " gave no id_token; oidc.scopes of the server must begin with openid");
    }
    String fresh = answer.text("refresh_token");
    return new Login(
        issuer,
        clientId,
        token,
        fresh.isEmpty() ? refreshToken : fresh,
        clock.instant().plusSeconds(answer.number("expires_in", USUAL_LIFE_SECONDS)));
  }

  // ---- over the wire

  private static HttpClient client() {
    return HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  }

  private JsonNode discover(HttpClient http) {
    String address = issuer.replaceAll("/+$", "") + "/.well-known/openid-configuration";
    Answer answer = send(http, HttpRequest.newBuilder(safe(address)).GET());
    if (answer.status() != OK || !answer.text("issuer").equals(issuer)) {
      throw new ApiFailure(
          ErrorCode.UNAUTHENTICATED, address + " is not the description of " + issuer);
    }
    return answer.body();
  }

  private URI endpoint(JsonNode issuing, String name) {
    String address = issuing.path(name).asString("");
    if (address.isEmpty()) {
      throw new ApiFailure(ErrorCode.UNAUTHENTICATED, issuer + " has no " + name);
    }
    return safe(address);
  }

  /** Tokens go over TLS, or nowhere. */
  private static URI safe(String address) {
    if (!address.matches(SAFE)) {
      throw new ApiFailure(
          ErrorCode.UNAUTHENTICATED, "an issuer is reached by https, not " + address);
    }
    return URI.create(address);
  }

  private static Answer post(HttpClient http, URI to, Map<String, String> form) {
    String body =
        form.entrySet().stream()
            .map(one -> encoded(one.getKey()) + '=' + encoded(one.getValue()))
            .collect(Collectors.joining("&"));
    return send(
        http,
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body)));
  }

  private static Answer send(HttpClient http, HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(
              request.timeout(PATIENCE).header("Accept", "application/json").build(),
              BodyHandlers.ofString());
      return new Answer(response.statusCode(), Json.MAPPER.readTree(response.body()));
    } catch (IOException lost) {
      throw new ApiFailure(
          ErrorCode.UNAUTHENTICATED, "the issuer does not answer: " + lost.getMessage());
    } catch (JacksonException foreign) {
      throw new ApiFailure(ErrorCode.UNAUTHENTICATED, "the issuer's answer is no JSON");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(ErrorCode.UNAUTHENTICATED, "interrupted while signing in");
    }
  }

  private static void pause(Duration interval) {
    try {
      Thread.sleep(interval);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ApiFailure(ErrorCode.UNAUTHENTICATED, "interrupted while signing in");
    }
  }

  private ApiFailure refused(Answer answer) {
    String why = answer.text("error_description");
    return new ApiFailure(
        ErrorCode.UNAUTHENTICATED,
        issuer + " refused: " + answer.text("error") + (why.isEmpty() ? "" : " (" + why + ')'));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
