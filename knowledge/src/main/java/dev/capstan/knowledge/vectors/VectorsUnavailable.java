package dev.capstan.knowledge.vectors;

/** A store of vectors does not answer, or refuses; the message says which one and why. */
public final class VectorsUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1;

  public VectorsUnavailable(String message) {
    super(message);
  }

  public VectorsUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
