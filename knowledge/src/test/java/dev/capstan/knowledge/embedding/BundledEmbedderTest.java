package dev.capstan.knowledge.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model that comes with Capstan. */
final class BundledEmbedderTest {
  @TempDir static Path libraries;

  @Test
  void texts_of_like_meaning_are_nearer_than_others_and_a_text_has_always_the_same_vector() {
    try (Embedder embedder = BundledEmbedder.load(libraries)) {
      float[] question = embedder.embedQuestion("where are old files removed");
      float[] near = embedder.embed("void deleteExpired(Path folder) { Files.delete(folder); }");
      float[] far = embedder.embed("int sum(int left, int right) { return left + right; }");

      assertThat(dot(question, near)).isGreaterThan(dot(question, far));
      assertThat(dot(near, near)).isCloseTo(1, org.assertj.core.data.Offset.offset(1e-4));
      assertThat(embedder.embed("void deleteExpired(Path folder) { Files.delete(folder); }"))
          .isEqualTo(near);
    }
  }

  @Test
  void a_text_that_is_too_long_counts_with_its_beginning() {
    try (Embedder embedder = BundledEmbedder.load(libraries)) {
      String beginning = "word ".repeat(600);

      assertThat(embedder.embed(beginning + "one end"))
          .isEqualTo(embedder.embed(beginning + "another end"));
    }
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += (double) left[i] * right[i];
    }
    return sum;
  }
}
