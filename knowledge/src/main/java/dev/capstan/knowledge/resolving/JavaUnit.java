package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.parsing.Parsed;
import dev.capstan.knowledge.parsing.Parsed.Declaration;
import dev.capstan.knowledge.parsing.Parsed.Import;
import dev.capstan.knowledge.resolving.JavaType.JavaFunction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A Java file: its package, its imports and the types in it. */
final class JavaUnit {
  private static final Pattern IMPORT =
      Pattern.compile("import\\s+(static\\s+)?([\\w$.\\s]+?)(\\s*\\.\\s*\\*)?\\s*;?");

  private final String path;
  private final Map<String, JavaType> types = new LinkedHashMap<>();
  private final List<Imported> imports = new ArrayList<>();
  private String packageName = "";

  /** What one import names; {@code all} for what ends in a star. */
  record Imported(String name, boolean isStatic, boolean all, int line) {
    String simpleName() {
      return name.substring(name.lastIndexOf('.') + 1);
    }

    /** The type whose member is imported. */
    String owner() {
      int dot = name.lastIndexOf('.');
      return all || dot < 0 ? name : name.substring(0, dot);
    }
  }

  private JavaUnit(String path) {
    this.path = path;
  }

  static JavaUnit of(String path, Parsed parsed) {
    JavaUnit unit = new JavaUnit(path);
    parsed.imports().forEach(unit::addImport);
    parsed.declarations().forEach(unit::addType);
    parsed.declarations().forEach(unit::addMember);
    return unit;
  }

  private void addImport(Import each) {
    Matcher matcher = IMPORT.matcher(each.text());
    if (matcher.matches()) {
      String name = matcher.group(2).replaceAll("\\s", "");
      imports.add(
          new Imported(name, matcher.group(1) != null, matcher.group(3) != null, each.line()));
    }
  }

  private void addType(Declaration each) {
    switch (each.form()) {
      case PACKAGE -> packageName = each.name();
      case CLASS, INTERFACE, ENUM, RECORD ->
          types.put(
              each.qualifiedName(),
              JavaType.of(
                  this,
                  each.qualifiedName(),
                  each.form(),
                  each.symbol(),
                  each.variables(),
                  each.supers()));
      case METHOD, CONSTRUCTOR, FIELD, COMPONENT -> {}
    }
  }

  private void addMember(Declaration each) {
    JavaType owner = types.get(each.owner());
    if (owner == null) {
      return;
    }
    switch (each.form()) {
      case PACKAGE, CLASS, INTERFACE, ENUM, RECORD -> {}
      case METHOD -> add(owner, each.name(), each);
      case CONSTRUCTOR -> add(owner, JavaType.CONSTRUCTOR, each);
      case FIELD -> owner.fields().put(each.name(), each.type());
      case COMPONENT -> {
        owner.fields().put(each.name(), each.type());
        accessor(owner, each);
      }
    }
  }

  private static void add(JavaType owner, String name, Declaration each) {
    List<JavaFunction> same = functions(owner, name);
    same.removeIf(other -> other.symbol() == owner.symbol() && each.parameters().isEmpty());
    same.add(new JavaFunction(each.symbol(), each.name(), each.parameters(), each.type()));
  }

  /** What reads a component is the record's own doing, unless it is written. */
  private static void accessor(JavaType owner, Declaration each) {
    functions(owner, each.name())
        .add(new JavaFunction(owner.symbol(), each.name(), List.of(), each.type()));
  }

  private static List<JavaFunction> functions(JavaType owner, String name) {
    return owner.functions().computeIfAbsent(name, _ -> new ArrayList<>());
  }

  String path() {
    return path;
  }

  String packageName() {
    return packageName;
  }

  List<Imported> imports() {
    return imports;
  }

  Collection<JavaType> types() {
    return types.values();
  }

  Optional<JavaType> type(String scope) {
    return Optional.ofNullable(types.get(scope));
  }

  /** The innermost type that a scope is in. */
  Optional<JavaType> around(String scope) {
    for (String at = scope; !at.isEmpty(); at = outer(at)) {
      JavaType found = types.get(at);
      if (found != null) {
        return Optional.of(found);
      }
    }
    return Optional.empty();
  }

  static String outer(String scope) {
    int dot = scope.lastIndexOf('.');
    return dot < 0 ? "" : scope.substring(0, dot);
  }

  /** Types that other files can name, by their full names. */
  Map<String, JavaType> byFullName() {
    Map<String, JavaType> named = new HashMap<>();
    for (JavaType type : types.values()) {
      boolean isMember = type.around().isEmpty() || types.containsKey(type.around());
      if (isMember && type.symbol() >= 0) {
        named.put(fullName(type), type);
      }
    }
    return named;
  }

  private String fullName(JavaType type) {
    return packageName.isEmpty() ? type.scope() : packageName + '.' + type.scope();
  }
}
