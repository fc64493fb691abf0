package dev.capstan.knowledge.embedding;

/** Arithmetic of vectors. */
public final class Vectors {
  private static final int LARGEST = 127;

  private Vectors() {}

  /** Points in the same direction; a vector of zeros points along the first axis. */
  static float[] ofLengthOne(float[] vector) {
    double squares = 0;
    for (float part : vector) {
      squares += (double) part * part;
    }
    if (squares == 0) {
      float[] first = new float[vector.length];
      first[0] = 1;
      return first;
    }
    float[] scaled = new float[vector.length];
    for (int i = 0; i < vector.length; i++) {
      scaled[i] = (float) (vector[i] / Math.sqrt(squares));
    }
    return scaled;
  }

  /** The same direction to within a hundredth, in a quarter of the room; lengths are lost. */
  public static byte[] bytes(float[] vector) {
    float largest = 0;
    for (float part : vector) {
      largest = Math.max(largest, Math.abs(part));
    }
    byte[] bytes = new byte[vector.length];
    for (int i = 0; i < vector.length; i++) {
      bytes[i] = (byte) Math.round(vector[i] / largest * LARGEST);
    }
    return bytes;
  }

  /** Gives the same bytes again. */
  public static float[] floats(byte[] bytes) {
    float[] vector = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      vector[i] = bytes[i];
    }
    return vector;
  }

  /** The cosine of the angle between two of as many dimensions; 0 if one of them is all zeros. */
  public static double nearness(byte[] one, byte[] other) {
    if (one.length != other.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d dimensions".formatted(one.length, other.length));
    }
    long product = 0;
    long squares = 0;
    long otherSquares = 0;
    for (int i = 0; i < one.length; i++) {
      product += (long) one[i] * other[i];
      squares += (long) one[i] * one[i];
      otherSquares += (long) other[i] * other[i];
    }
    return squares == 0 || otherSquares == 0
        ? 0
        : product / Math.sqrt((double) squares * otherSquares);
  }
}
