package dev.capstan.server.rest;

import dev.capstan.api.Page;
import dev.capstan.control.records.Place;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Parts of lists. What follows a part is named by the key of its last item, which nobody reads. */
public final class Pages {
  /** Where a list begins whose newest comes first. */
  public static final Place NEWEST = new Place(Instant.parse("9999-01-01T00:00:00Z"), "");

  private static final int LARGEST = 1_000;

  private Pages() {}

  /** How many items to look for: one more than are shown tells whether any follow. */
  public static int wanted(int limit) {
    return shown(limit) + 1;
  }

  private static int shown(int limit) {
    if (limit < 1 || limit > LARGEST) {
      throw ApiException.invalid("limit is 1 to " + LARGEST + ", not " + limit);
    }
    return limit;
  }

  /** A page of what was found by {@link #wanted}; {@code next} names the place after an item. */
  public static <T, V> Page<V> of(
      List<T> found, int limit, Function<T, V> view, Function<T, String> next) {
    List<T> shown = found.subList(0, Math.min(found.size(), shown(limit)));
    return new Page<>(
        shown.stream().map(view).toList(),
        found.size() > shown.size() ? next.apply(shown.getLast()) : "");
  }

  /** A list that is one page. */
  static <T> Page<T> whole(List<T> items) {
    return new Page<>(items, "");
  }

  public static String after(Place place) {
    return after(place.at().toString(), place.id());
  }

  static String after(String... key) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(JsonMapper.shared().writeValueAsBytes(key));
  }

  /** The place that {@link #after(Place)} named; empty for the beginning. */
  public static Optional<Place> place(String after) {
    try {
      return key(after, 2).map(key -> new Place(Instant.parse(key.getFirst()), key.getLast()));
    } catch (DateTimeException _) {
      throw foreign(after);
    }
  }

  /** The key that {@link #after(String...)} named; empty for the beginning. */
  static Optional<List<String>> key(String after, int parts) {
    if (after.isEmpty()) {
      return Optional.empty();
    }
    try {
      byte[] json = Base64.getUrlDecoder().decode(after.getBytes(StandardCharsets.UTF_8));
      String[] key = JsonMapper.shared().readValue(json, String[].class);
      if (key == null
          || key.length != parts
          || Stream.of(key).anyMatch(part -> part.indexOf(0) >= 0)) {
        throw foreign(after);
      }
      return Optional.of(List.of(key));
    } catch (IllegalArgumentException | NullPointerException | JacksonException _) {
      throw foreign(after);
    }
  }

  /** The number that a list in order of numbers goes on after. */
  public static long number(String after) {
    try {
      return after.isEmpty() ? 0 : Long.parseLong(after);
    } catch (NumberFormatException _) {
      throw foreign(after);
    }
  }

  private static ApiException foreign(String after) {
    return ApiException.invalid(
        "after is the next of a page of the same list, not \"" + after + '"');
  }
}
