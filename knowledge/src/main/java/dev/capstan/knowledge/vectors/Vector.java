package dev.capstan.knowledge.vectors;

/** A place among texts. It does not change. */
public final class Vector {
  private final float[] parts;

  private Vector(float[] parts) {
    this.parts = parts;
  }

  public static Vector of(float[] parts) {
    return new Vector(parts.clone());
  }

  public int dimensions() {
    return parts.length;
  }

  public float[] parts() {
    return parts.clone();
  }
}
