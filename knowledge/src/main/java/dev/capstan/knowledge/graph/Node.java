package dev.capstan.knowledge.graph;

/**
 * Something that can be referred to.
 *
 * @param id a path; {@code path#Qualified.name} for what is in a file, with the types of its
 *     parameters where several share a name; {@code folder/} for a subsystem
 * @param path of the file, or the folder; with no slash at its end
 * @param firstLine 0 where there are no lines
 */
public record Node(String id, Kind kind, String name, String path, int firstLine, int lastLine) {
  /** What a node is. */
  public enum Kind {
    FILE,
    SYMBOL,
    TEST,
    DOC,
    SUBSYSTEM;

    /** As users read it. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }
}
