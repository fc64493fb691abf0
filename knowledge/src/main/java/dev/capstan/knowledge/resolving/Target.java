package dev.capstan.knowledge.resolving;

import java.util.Comparator;

/**
 * A symbol of a file, or the file.
 *
 * @param symbol its place among the symbols of the file; -1 for the file itself
 */
public record Target(String path, int symbol) implements Comparable<Target> {
  private static final Comparator<Target> ORDER =
      Comparator.comparing(Target::path).thenComparingInt(Target::symbol);

  public static final int FILE = -1;

  @Override
  public int compareTo(Target other) {
    return ORDER.compare(this, other);
  }
}
