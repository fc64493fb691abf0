package dev.capstan.core;

/**
 * Who caused something: a person, a worker, or Capstan itself. Free text of at most 200 characters.
 */
public record Actor(String name) {
  public static final Actor SYSTEM = new Actor("capstan");

  public Actor {
    if (name.isBlank() || name.length() > 200) {
      throw new IllegalArgumentException("an actor's name has 1 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
