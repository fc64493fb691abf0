package dev.capstan.engines.planner;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What can be done by rules, found by plain words. */
public final class Catalogue {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int NEAREST = 3;

  /** Words that every goal may have. */
  private static final Set<String> COMMON =
      Set.of("a", "all", "and", "for", "from", "in", "is", "it", "of", "the", "to", "what", "who");

  private static final Catalogue STANDARD = read();

  private final List<Entry> entries;

  private Catalogue(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /** The one that comes with Capstan. */
  public static Catalogue standard() {
    return STANDARD;
  }

  private static Catalogue read() {
    try (InputStream yaml = Catalogue.class.getResourceAsStream("catalogue.yaml")) {
      return new Catalogue(
          YAML.readValue(Objects.requireNonNull(yaml), new TypeReference<List<Entry>>() {}));
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  public List<Entry> entries() {
    return entries;
  }

  /**
   * The entry that a clause of a goal means: of those whose words it has, the one with the most.
   */
  Optional<Entry> meaning(String clause) {
    Set<String> words = words(clause);
    return entries.stream()
        .filter(entry -> entry.words().stream().allMatch(group -> hasOne(words, group)))
        .filter(entry -> !hasOne(words, Entry.orNone(entry.without())))
        .max(Comparator.comparingInt(entry -> entry.words().size()));
  }

  /** The entries that share the most words with a text, best first. */
  public List<Entry> nearest(String text) {
    Set<String> words = words(text);
    words.removeAll(COMMON);
    Map<Long, List<Entry>> byShare = new TreeMap<>(Comparator.reverseOrder());
    for (Entry entry : entries) {
      Set<String> own = words(entry.id() + ' ' + entry.title());
      entry.words().forEach(own::addAll);
      long shared = own.stream().filter(words::contains).count();
      if (shared > 0) {
        byShare.computeIfAbsent(shared, _ -> new java.util.ArrayList<>()).add(entry);
      }
    }
    return byShare.values().stream().flatMap(List::stream).limit(NEAREST).toList();
  }

  private static boolean hasOne(Set<String> words, List<String> group) {
    return group.stream().anyMatch(words::contains);
  }

  /** Lower case, without the endings of plurals and participles. */
  static Set<String> words(String text) {
    Set<String> words = new TreeSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^a-z0-9@]+", -1)) {
      String plain = word.replace("@", "");
      if (!plain.isEmpty()) {
        words.add(plain);
        words.add(stem(plain));
      }
    }
    return words;
  }

  private static String stem(String word) {
    if (word.length() > 4 && word.endsWith("ies")) {
      return word.substring(0, word.length() - 3) + 'y';
    }
    if (word.length() > 3 && word.endsWith("s") && !word.endsWith("ss")) {
      return word.substring(0, word.length() - 1);
    }
    return word;
  }
}
