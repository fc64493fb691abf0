package dev.capstan.knowledge.parsing;

import java.util.List;

/**
 * What is in one file.
 *
 * @param how by which means it was cut
 * @param note what went wrong; "" if nothing
 */
public record Parsed(
    How how,
    String note,
    List<Symbol> symbols,
    List<Import> imports,
    List<Call> calls,
    List<Chunk> chunks) {
  public Parsed {
    symbols = List.copyOf(symbols);
    imports = List.copyOf(imports);
    calls = List.copyOf(calls);
    chunks = List.copyOf(chunks);
  }

  static Parsed byLines(String note, List<Chunk> chunks) {
    return new Parsed(How.LINES, note, List.of(), List.of(), List.of(), chunks);
  }

  /** By which means a file was cut into chunks. */
  public enum How {
    SYNTAX,
    HEADINGS,
    LINES
  }

  /** What a symbol is. */
  public enum Kind {
    TYPE,
    FUNCTION,
    MODULE,
    HEADING
  }

  /**
   * Something with a name.
   *
   * @param container the names around it, with dots; "" at the top
   * @param test true for a function that is a test
   */
  public record Symbol(
      String name, String container, Kind kind, int firstLine, int lastLine, boolean test) {
    public String qualifiedName() {
      return container.isEmpty() ? name : container + '.' + name;
    }
  }

  /** The text names what is imported, as it is written. */
  public record Import(String text, int line) {}

  /**
   * A place where something is called.
   *
   * @param receiver what stands before the name, if that is a plain name; else ""
   * @param caller the qualified name of the symbol it stands in; "" at the top
   */
  public record Call(String name, String receiver, String caller, int line) {}

  /**
   * A piece of the file that is found as a whole.
   *
   * @param header the names of what is in it, or of what it is in
   */
  public record Chunk(int firstLine, int lastLine, String header) {}
}
