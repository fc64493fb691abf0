package dev.capstan.knowledge.embedding;

import java.util.Locale;

/**
 * Texts that share words are near each other; no model is needed. For tests, and for machines on
 * which the bundled model does not run. Each word adds to one place, which its hash names.
 */
public final class HashEmbedder implements Embedder {
  private static final int DIMENSIONS = 1024;

  @Override
  public String model() {
    return "hash-" + DIMENSIONS;
  }

  @Override
  public float[] embed(String text) {
    float[] vector = new float[DIMENSIONS];
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (!word.isEmpty()) {
        vector[Math.floorMod(word.hashCode() * 0x9E3779B9, DIMENSIONS)] += 1;
      }
    }
    return Vectors.ofLengthOne(vector);
  }

  @Override
  public void close() {}
}
