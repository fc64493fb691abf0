package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.resolving.JavaType.Variable;
import dev.capstan.knowledge.resolving.JavaUnit.Imported;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the name of a type means at a place, by the rules of Java. */
final class JavaNames {
  private static final int DEEPEST = 12;

  private final Lookups lookups;

  /** So deep names lead to names now. */
  private int depth;

  /**
   * Where a type is written.
   *
   * @param scope the names around it
   * @param bindings what the variables of the type around it stand for, where that is known
   */
  record Place(JavaUnit unit, String scope, Map<String, Type> bindings) {
    static Place of(JavaUnit unit, String scope) {
      return new Place(unit, scope, Map.of());
    }
  }

  private final Map<Written, Optional<JavaType>> found = new HashMap<>();

  private record Written(String path, String scope, String name) {}

  JavaNames(Lookups lookups) {
    this.lookups = lookups;
  }

  Type type(String written, Place place) {
    return type(TypeText.parse(written), place);
  }

  private Type type(TypeText text, Place place) {
    if (text.name().equals("?") || depth > DEEPEST) {
      return Type.UNKNOWN;
    }
    depth++;
    try {
      Type type = named(text, place);
      for (int i = 0; i < text.dimensions(); i++) {
        type = new Type.ArrayOf(type);
      }
      return type;
    } finally {
      depth--;
    }
  }

  private Type named(TypeText text, Place place) {
    Optional<Type> variable = variable(text.name(), place);
    if (variable.isPresent()) {
      return variable.get();
    }
    List<Type> arguments = text.arguments().stream().map(each -> type(each, place)).toList();
    Optional<JavaType> declared = declared(text.name(), place.unit(), place.scope());
    return declared.isPresent()
        ? new Type.Known(declared.get(), false, arguments)
        : new Type.Outside(text.name(), arguments);
  }

  private Optional<Type> variable(String name, Place place) {
    Type binding = place.bindings().get(name);
    if (binding != null && !(binding instanceof Type.Unknown)) {
      return Optional.of(binding);
    }
    for (String at = place.scope(); !at.isEmpty(); at = JavaUnit.outer(at)) {
      Optional<JavaType> around = place.unit().type(at);
      for (Variable each : around.map(JavaType::variables).orElse(List.of())) {
        if (each.name().equals(name)) {
          return Optional.of(bound(each, around.get(), binding == null));
        }
      }
    }
    return Optional.ofNullable(binding);
  }

  /** What a variable is at least. Inside of its type nothing more is known of it. */
  private Type bound(Variable variable, JavaType owner, boolean isInside) {
    if (!variable.bound().isEmpty()) {
      return type(variable.bound(), Place.of(owner.unit(), owner.around()));
    }
    return isInside ? Type.OBJECT : Type.UNKNOWN;
  }

  /** The type that a name, with or without dots, stands for; empty if the tree has none. */
  Optional<JavaType> declared(String name, JavaUnit unit, String scope) {
    Written written = new Written(unit.path(), scope, name);
    Optional<JavaType> known = found.get(written);
    if (known == null) {
      // A name whose meaning hangs on itself has none.
      found.put(written, Optional.empty());
      known = find(name, unit, scope);
      found.put(written, known);
    }
    return known;
  }

  private Optional<JavaType> find(String name, JavaUnit unit, String scope) {
    int dot = name.indexOf('.');
    if (dot < 0) {
      return simple(name, unit, scope);
    }
    Optional<JavaType> first = simple(name.substring(0, dot), unit, scope);
    return first.isEmpty() ? byFullName(name) : member(first.get(), name.substring(dot + 1));
  }

  private Optional<JavaType> byFullName(String name) {
    Optional<JavaType> found = lookups.type(name);
    int dot = name.lastIndexOf('.');
    return found.isPresent() || dot < 0
        ? found
        : byFullName(name.substring(0, dot))
            .flatMap(owner -> member(owner, name.substring(dot + 1)));
  }

  private Optional<JavaType> simple(String name, JavaUnit unit, String scope) {
    for (String at = scope; !at.isEmpty(); at = JavaUnit.outer(at)) {
      Optional<JavaType> found = unit.type(at + '.' + name);
      if (found.isEmpty()) {
        found = unit.type(at).flatMap(around -> inherited(around, name, new HashSet<>()));
      }
      if (found.isPresent()) {
        return found;
      }
    }
    return unit.type(name).or(() -> imported(name, unit));
  }

  private Optional<JavaType> imported(String name, JavaUnit unit) {
    for (Imported each : unit.imports()) {
      if (!each.all() && each.simpleName().equals(name)) {
        Optional<JavaType> found = byFullName(each.name());
        if (found.isPresent() || !each.isStatic()) {
          return found;
        }
      }
    }
    return lookups.type(full(unit.packageName(), name)).or(() -> onDemand(name, unit));
  }

  private Optional<JavaType> onDemand(String name, JavaUnit unit) {
    for (Imported each : unit.imports()) {
      if (each.all()) {
        Optional<JavaType> found = byFullName(each.name() + '.' + name);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return lookups.type("java.lang." + name);
  }

  private static String full(String packageName, String name) {
    return packageName.isEmpty() ? name : packageName + '.' + name;
  }

  /** A type within a type, its own or inherited; {@code name} may have dots. */
  Optional<JavaType> member(JavaType owner, String name) {
    int dot = name.indexOf('.');
    String first = dot < 0 ? name : name.substring(0, dot);
    Optional<JavaType> found =
        owner
            .unit()
            .type(owner.scope() + '.' + first)
            .or(() -> inherited(owner, first, new HashSet<>()));
    return dot < 0 ? found : found.flatMap(inner -> member(inner, name.substring(dot + 1)));
  }

  private Optional<JavaType> inherited(JavaType type, String name, Set<JavaType> seen) {
    if (!seen.add(type)) {
      return Optional.empty();
    }
    for (String above : type.supers()) {
      Optional<JavaType> inner =
          declared(TypeText.parse(above).name(), type.unit(), type.around())
              .flatMap(owner ->
                  owner
                      .unit()
                      .type(owner.scope() + '.' + name)
                      .or(() -> inherited(owner, name, seen)));
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  /** What a type extends and implements; its own members are not seen where that is written. */
  List<Type> supers(JavaType type, Map<String, Type> bindings) {
    Map<String, Type> all = new HashMap<>();
    type.variables().forEach(each -> all.put(each.name(), bound(each, type, true)));
    all.putAll(bindings);
    Place place = new Place(type.unit(), type.around(), all);
    return type.supers().stream().map(each -> type(each, place)).toList();
  }

  /** What the variables of a type stand for in a value of it. */
  static Map<String, Type> bindings(Type.Known value) {
    if (value.isInside()) {
      return Map.of();
    }
    Map<String, Type> bindings = new HashMap<>();
    List<Variable> variables = value.type().variables();
    boolean written = value.arguments().size() == variables.size();
    for (int i = 0; i < variables.size(); i++) {
      bindings.put(variables.get(i).name(), written ? value.arguments().get(i) : Type.UNKNOWN);
    }
    return bindings;
  }
}
