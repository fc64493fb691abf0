package dev.capstan.knowledge.resolving;

/**
 * One place where a file refers to something.
 *
 * @param from the place of the symbol it stands in, among the symbols of its file; -1 for the file
 * @param name what is called, imported, extended, overridden or mentioned, as it is written
 */
public record Link(Relation relation, int from, String name, int line, Outcome outcome) {
  /** How the file refers to it. */
  public enum Relation {
    IMPORTS,
    CALLS,
    EXTENDS,
    OVERRIDES,
    MENTIONS
  }
}
