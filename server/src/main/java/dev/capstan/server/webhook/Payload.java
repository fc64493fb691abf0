package dev.capstan.server.webhook;

import dev.capstan.server.rest.ApiException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A body of JSON whose sender is known and whose shape is not. */
final class Payload {
  private static final int LONGEST_NAME = 200;

  private final JsonNode tree;

  private Payload(JsonNode tree) {
    this.tree = tree;
  }

  static Payload read(byte[] body) {
    try {
      JsonNode tree = JsonMapper.shared().readTree(body);
      if (!tree.isObject()) {
        throw ApiException.invalid("the body is no JSON object");
      }
      return new Payload(tree);
    } catch (JacksonException malformed) {
      throw ApiException.invalid("the body is no JSON that can be read");
    }
  }

  /** The text at that place, as {@code check_run/head_sha}; "" if there is none. */
  String text(String place) {
    JsonNode node = tree.at('/' + place);
    return node.isString() ? node.stringValue() : "";
  }

  boolean is(String place) {
    return tree.at('/' + place).isBoolean() && tree.at('/' + place).booleanValue();
  }

  boolean has(String place) {
    return tree.at('/' + place).isObject();
  }

  /** The whole number at that place in its digits; "" if there is none. */
  String digits(String place) {
    JsonNode node = tree.at('/' + place);
    return node.isIntegralNumber() && node.canConvertToLong()
        ? String.valueOf(node.longValue())
        : "";
  }

  /** The texts at {@code below} of each object of a list. */
  List<String> texts(String list, String below) {
    List<String> found = new ArrayList<>();
    for (JsonNode one : tree.at('/' + list)) {
      JsonNode node = one.at('/' + below);
      if (node.isString()) {
        found.add(node.stringValue());
      }
    }
    return found;
  }

  String name(String prefix, String place) {
    String name = Word.line(text(place), LONGEST_NAME);
    return prefix + (name.isEmpty() ? "unnamed" : name);
  }

  String commit(String place) {
    String commit = text(place);
    if (commit.isEmpty()) {
      throw ApiException.invalid("the body has no " + place.replace('/', '.'));
    }
    return Word.commit(commit);
  }

  /** The first of these places that holds a time, or {@code otherwise}. */
  Instant time(Instant otherwise, String... places) {
    return Stream.of(places)
        .flatMap(place -> instant(text(place).strip()).stream())
        .findFirst()
        .orElse(otherwise);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(OffsetDateTime.parse(iso(text)).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  /** GitLab also writes {@code 2026-11-21 10:00:00 UTC}. */
  private static String iso(String text) {
    return text.replaceFirst(" UTC$", "Z")
        .replaceFirst("(?<=\\d) (?=\\d)", "T")
        .replaceFirst(" ?([+-]\\d\\d)(\\d\\d)$", "$1:$2");
  }
}
