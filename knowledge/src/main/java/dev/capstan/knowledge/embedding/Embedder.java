package dev.capstan.knowledge.embedding;

/** Gives text a place among other texts. Safe for many threads. */
public interface Embedder extends AutoCloseable {
  /** Tells its vectors from those of others, also after an update: letters, digits, {@code .-_}. */
  String model();

  /** Of length 1; text that is too long counts with its beginning. */
  float[] embed(String text);

  /** Of what is looked for, which some models want told apart. */
  default float[] embedQuestion(String question) {
    return embed(question);
  }

  @Override
  void close();
}
