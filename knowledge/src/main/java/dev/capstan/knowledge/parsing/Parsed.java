package dev.capstan.knowledge.parsing;

import java.util.List;

/**
 * What is in one file.
 *
 * @param how by which means it was cut
 * @param note what went wrong; "" if nothing
 * @param declarations what is said of types; so far of Java alone
 */
public record Parsed(
    How how,
    String note,
    List<Symbol> symbols,
    List<Import> imports,
    List<Call> calls,
    List<Chunk> chunks,
    List<Declaration> declarations,
    List<Mention> mentions) {
  public Parsed {
    symbols = List.copyOf(symbols);
    imports = List.copyOf(imports);
    calls = List.copyOf(calls);
    chunks = List.copyOf(chunks);
    declarations = List.copyOf(declarations);
    mentions = List.copyOf(mentions);
  }

  static Parsed byLines(String note, List<Chunk> chunks) {
    return new Parsed(
        How.LINES, note, List.of(), List.of(), List.of(), chunks, List.of(), List.of());
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
   * @param origin of what it is called on, as {@link Origin} writes it; so far of Java alone
   * @param arguments how many; -1 where that is not known
   * @param scope the names around it, with numbers for classes without one; "" if as the caller
   */
  public record Call(
      String name,
      String receiver,
      String caller,
      int line,
      String origin,
      int arguments,
      String scope) {
    public static final int UNKNOWN = -1;

    public Call(String name, String receiver, String caller, int line) {
      this(name, receiver, caller, line, "", UNKNOWN, "");
    }
  }

  /** What a declaration is. */
  public enum Form {
    PACKAGE,
    CLASS,
    INTERFACE,
    ENUM,
    RECORD,
    METHOD,
    CONSTRUCTOR,
    FIELD,
    /** A field of a record, which is read by a method of the same name. */
    COMPONENT
  }

  /**
   * What a declaration says of types, as it is written.
   *
   * @param owner the names around it, with numbers for classes without one
   * @param symbol its place among the symbols; -1 if it is none
   * @param type of the field, or of what the method returns; "" if it has none
   * @param parameters their types; one that stands for many ends in "..."
   * @param variables the type variables of a class, with their bounds
   * @param supers what a class extends and implements, in this order
   */
  public record Declaration(
      Form form,
      String name,
      String owner,
      int symbol,
      String type,
      List<String> parameters,
      List<String> variables,
      List<String> supers) {
    public Declaration {
      parameters = List.copyOf(parameters);
      variables = List.copyOf(variables);
      supers = List.copyOf(supers);
    }

    public String qualifiedName() {
      return owner.isEmpty() ? name : owner + '.' + name;
    }
  }

  /** A name or a path that prose marks as code, or links to. */
  public record Mention(String text, int line) {}

  /**
   * A piece of the file that is found as a whole.
   *
   * @param header the names of what is in it, or of what it is in
   */
  public record Chunk(int firstLine, int lastLine, String header) {}
}
