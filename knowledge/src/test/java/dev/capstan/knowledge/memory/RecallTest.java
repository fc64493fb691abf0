package dev.capstan.knowledge.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.embedding.BundledEmbedder;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.embedding.Vectors;
import dev.capstan.knowledge.memory.Recall.Recalled;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is remembered is found again in other words, by the model that comes with Capstan. */
final class RecallTest {
  private static final SequencedMap<String, String> PAST = new LinkedHashMap<>();

  static {
    PAST.put("retry", "Retry failed uploads with exponential backoff. The network drops at night.");
    PAST.put(
        "javadoc", "Document the public methods of the parser. Readers do not know the units.");
    PAST.put(
        "upgrade", "Upgrade JUnit from 4 to 5 in all modules. The old version is not maintained.");
    PAST.put(
        "secret",
        "Move the database password out of application.yaml. Secrets do not belong in git.");
    PAST.put(
        "cache",
        "Cache the results of priceOf in PriceService. Each page asks the tax office again.");
    PAST.put(
        "rename", "Rename class Shop to Store and its uses. The business has another word for it.");
  }

  @TempDir static Path folder;
  private static Embedder embedder;
  private static final Map<String, byte[]> VECTORS = new HashMap<>();

  @BeforeAll
  static void embed() {
    embedder = BundledEmbedder.load(folder);
    PAST.forEach((id, text) -> VECTORS.put(id, Vectors.bytes(embedder.embed(text))));
  }

  @AfterAll
  static void close() {
    embedder.close();
  }

  private static List<String> recalled(String question) {
    byte[] meaning = Vectors.bytes(embedder.embed(question));
    return new Recall(PAST, VECTORS)
        .of(question, Optional.of(meaning)).stream().map(Recalled::id).toList();
  }

  private static List<String> byWords(String question) {
    return new Recall(PAST, VECTORS)
        .of(question, Optional.empty()).stream().map(Recalled::id).toList();
  }

  @Test
  void the_same_in_other_words_comes_first() {
    assertThat(recalled("Try again with growing delays when sending a file fails"))
        .startsWith("retry");
    assertThat(recalled("Migrate the tests to JUnit Jupiter")).startsWith("upgrade");
    assertThat(recalled("Keep credentials out of the repository")).startsWith("secret");
    assertThat(recalled("Remember computed prices instead of asking each time"))
        .startsWith("cache");
  }

  @Test
  void what_nothing_is_about_recalls_nothing() {
    assertThat(recalled("Translate the user interface to French")).isEmpty();
    assertThat(recalled("Draw a chart of last month's sales")).isEmpty();
    assertThat(recalled("")).isEmpty();
  }

  @Test
  void without_a_model_it_is_found_by_most_of_its_words() {
    assertThat(byWords("retry failed uploads")).containsExactly("retry");
    assertThat(byWords("price of PriceService")).containsExactly("cache");
    assertThat(byWords("upload anything from anywhere to the moon")).isEmpty();
    assertThat(new Recall(new LinkedHashMap<>(), Map.of()).of("anything", Optional.empty()))
        .isEmpty();
  }

  @Test
  void what_has_no_vector_yet_is_found_by_its_words_beside_the_others() {
    Map<String, byte[]> some = new HashMap<>(VECTORS);
    some.remove("retry");
    String question = "retry failed uploads";

    assertThat(
            new Recall(PAST, some)
                .of(question, Optional.of(Vectors.bytes(embedder.embed(question)))))
        .extracting(Recalled::id)
        .contains("retry");
  }

  @Test
  void its_score_is_the_sum_of_its_parts() {
    String question = "retry failed uploads";
    Recalled best =
        new Recall(PAST, VECTORS)
            .of(question, Optional.of(Vectors.bytes(embedder.embed(question))))
            .getFirst();

    assertThat(best.parts()).containsOnlyKeys("words", "meaning");
    assertThat(best.score())
        .isEqualTo(best.parts().values().stream().mapToDouble(Double::doubleValue).sum());
  }
}
