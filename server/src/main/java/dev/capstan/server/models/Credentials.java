package dev.capstan.server.models;

import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the key of a request, wherever its protocol puts it. */
final class Credentials {
  private static final String BEARER = "Bearer ";
  private static final List<String> HEADERS = List.of("x-api-key", "x-goog-api-key");

  private Credentials() {}

  /** Empty if there is none. */
  static String of(HttpExchange exchange) {
    Stream<String> bearer =
        header(exchange, "Authorization").stream()
            .filter(given -> given.startsWith(BEARER))
            .map(given -> given.substring(BEARER.length()));
    Stream<String> own = HEADERS.stream().flatMap(name -> header(exchange, name).stream());
    return Stream.concat(Stream.concat(bearer, own), query(exchange))
        .findFirst()
        .map(String::strip)
        .orElse("");
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
  }

  private static Stream<String> query(HttpExchange exchange) {
    return Stream.ofNullable(exchange.getRequestURI().getRawQuery())
        .flatMap(query -> Stream.of(query.split("&")))
        .filter(part -> part.startsWith("key="))
        .map(part -> part.substring(4));
  }
}
