package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.parsing.Parsed.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A class, interface, enum or record, with what it declares.
 *
 * @param scope the names around it and its own, within its file
 * @param symbol its place among the symbols of the file; -1 if it has no name
 * @param supers as they are written
 * @param functions by their names; constructors by {@link #CONSTRUCTOR}
 * @param fields their types as they are written, by their names; constants of an enum included
 */
record JavaType(
    JavaUnit unit,
    String scope,
    Form form,
    int symbol,
    List<Variable> variables,
    List<String> supers,
    Map<String, List<JavaFunction>> functions,
    Map<String, String> fields) {
  static final String CONSTRUCTOR = "<init>";

  /** A method or a constructor, with its types as they are written. */
  record JavaFunction(int symbol, String name, List<String> parameters, String returned) {
    boolean takes(int arguments) {
      return arguments < 0
          || parameters.size() == arguments
          || (takesMany() && arguments >= parameters.size() - 1);
    }

    boolean takesMany() {
      return !parameters.isEmpty() && parameters.getLast().endsWith("...");
    }
  }

  /** A type variable; its bound is "" if it has none. */
  record Variable(String name, String bound) {
    static Variable of(String written) {
      String[] parts = written.split(" extends ", 2);
      return new Variable(parts[0], parts.length < 2 ? "" : parts[1]);
    }
  }

  static JavaType of(
      JavaUnit unit,
      String scope,
      Form form,
      int symbol,
      List<String> variables,
      List<String> supers) {
    return new JavaType(
        unit,
        scope,
        form,
        symbol,
        variables.stream().map(Variable::of).toList(),
        supers,
        new HashMap<>(),
        new HashMap<>());
  }

  String name() {
    return scope.substring(scope.lastIndexOf('.') + 1);
  }

  /** The scope that it stands in. */
  String around() {
    int dot = scope.lastIndexOf('.');
    return dot < 0 ? "" : scope.substring(0, dot);
  }

  /** An identity: a file has one type of a scope. */
  @Override
  public boolean equals(Object other) {
    return other instanceof JavaType type
        && type.scope.equals(scope)
        && type.unit.path().equals(unit.path());
  }

  @Override
  public int hashCode() {
    return 31 * unit.path().hashCode() + scope.hashCode();
  }

  Target target() {
    return new Target(unit.path(), symbol);
  }
}
