package dev.capstan.models;

import dev.capstan.models.cache.CacheKey;
import dev.capstan.models.catalog.Model;
import dev.capstan.models.records.Asker;
import dev.capstan.models.wire.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which questions may be answered with what was answered before. */
final class Reuse {
  /** Names the files that an answer rests on beside the prompt, by their hashes. */
  static final String FILES = "x-capstan-files";

  /** Of what agents send along, what a protocol wants passed on. */
  private static final List<String> PASSED_ON =
      List.of("anthropic-version", "anthropic-beta", "openai-beta");

  /** They refer to what the provider remembers, so that the prompt does not say all. */
  private static final List<String> REFERENCES =
      List.of("previous_response_id", "conversation", "background", "container", "cachedContent");

  private static final Pattern FRESH = Pattern.compile("(?i)no-(cache|store)");
  private static final Pattern SEPARATOR = Pattern.compile("[,\\s]+");

  private Reuse() {}

  /**
   * Empty if the provider, the agent or the question itself wants an answer of its own. So does a
   * second attempt at a step: with the answers of the first it would fail the same way.
   */
  static Optional<CacheKey> key(
      Asker asker, Model model, Question question, String promptHash, Map<String, String> headers) {
    boolean fresh =
        !model.provider().caches()
            || asker.attempt() > 1
            || FRESH.matcher(headers.getOrDefault("cache-control", "")).find()
            || REFERENCES.stream().anyMatch(question.body()::hasNonNull);
    return fresh
        ? Optional.empty()
        : Optional.of(
            CacheKey.of(
                asker.project(), model, question, promptHash, files(headers), passedOn(headers)));
  }

  private static List<String> files(Map<String, String> headers) {
    return Stream.of(SEPARATOR.split(headers.getOrDefault(FILES, "")))
        .filter(hash -> !hash.isEmpty())
        .toList();
  }

  /** The headers that go on to the provider. */
  static Map<String, String> passedOn(Map<String, String> headers) {
    Map<String, String> some = new HashMap<>();
    for (String name : PASSED_ON) {
      Optional.ofNullable(headers.get(name)).ifPresent(value -> some.put(name, value));
    }
    return some;
  }
}
