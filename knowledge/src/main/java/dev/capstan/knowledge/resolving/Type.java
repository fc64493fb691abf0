package dev.capstan.knowledge.resolving;

import java.util.List;

/** The type of a value in Java, as far as it is known. */
sealed interface Type {
  Type UNKNOWN = new Unknown();
  Type OBJECT = new Outside("Object", List.of());

  /**
   * Declared in the tree.
   *
   * @param isInside true where it is seen from inside, where its variables stand for themselves
   * @param arguments none where they are not written
   */
  record Known(JavaType type, boolean isInside, List<Type> arguments) implements Type {
    public Known {
      arguments = List.copyOf(arguments);
    }
  }

  /** Not declared in the tree. */
  record Outside(String name, List<Type> arguments) implements Type {
    public Outside {
      arguments = List.copyOf(arguments);
    }
  }

  /** An array. */
  record ArrayOf(Type element) implements Type {}

  /** Nothing is known. */
  record Unknown() implements Type {}
}
