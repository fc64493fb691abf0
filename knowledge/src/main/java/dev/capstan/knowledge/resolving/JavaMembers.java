package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.parsing.Parsed.Form;
import dev.capstan.knowledge.resolving.JavaNames.Place;
import dev.capstan.knowledge.resolving.JavaType.JavaFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds fields and methods of a type, its own and what it inherits. */
final class JavaMembers {
  private static final Set<String> OF_OBJECTS =
      Set.of(
          "getClass",
          "hashCode",
          "equals",
          "clone",
          "toString",
          "notify",
          "notifyAll",
          "wait",
          "finalize");
  private static final Set<String> OF_ENUMS =
      Set.of(
          "values",
          "valueOf",
          "name",
          "ordinal",
          "compareTo",
          "getDeclaringClass",
          "describeConstable");

  private final JavaNames names;

  /** Where a method may be. */
  sealed interface Found {
    /** It is one of these, which differ in their parameters. */
    record Here(JavaType owner, Map<String, Type> bindings, List<JavaFunction> functions)
        implements Found {}

    /** It may be inherited from a type outside of the tree. */
    record Outside(String type) implements Found {}

    /** There is none. */
    record Nowhere() implements Found {}
  }

  JavaMembers(JavaNames names) {
    this.names = names;
  }

  Found method(Type.Known value, String name, int arguments) {
    return method(value, name, arguments, new HashSet<>());
  }

  private Found method(Type.Known value, String name, int arguments, Set<JavaType> seen) {
    JavaType type = value.type();
    if (!seen.add(type)) {
      return new Found.Nowhere();
    }
    List<JavaFunction> own = taking(type, name, arguments);
    Map<String, Type> bindings = JavaNames.bindings(value);
    return own.isEmpty()
        ? inherited(type, bindings, name, arguments, seen)
        : new Found.Here(type, bindings, own);
  }

  /** In what the type extends and implements. */
  Found inherited(Type.Known value, String name, int arguments) {
    return inherited(value.type(), JavaNames.bindings(value), name, arguments, new HashSet<>());
  }

  private Found inherited(
      JavaType type, Map<String, Type> bindings, String name, int arguments, Set<JavaType> seen) {
    Found best = implicit(type, name);
    for (Type above : names.supers(type, bindings)) {
      Found found =
          switch (above) {
            case Type.Known known -> method(known, name, arguments, seen);
            case Type.Outside outside -> new Found.Outside(outside.name());
            case Type.ArrayOf _, Type.Unknown _ -> new Found.Nowhere();
          };
      if (found instanceof Found.Here) {
        return found;
      }
      best = found instanceof Found.Outside && best instanceof Found.Nowhere ? found : best;
    }
    return best;
  }

  /** What every class has without saying so. */
  private static Found implicit(JavaType type, String name) {
    boolean ofEnum = type.form() == Form.ENUM && OF_ENUMS.contains(name);
    return ofEnum || OF_OBJECTS.contains(name)
        ? new Found.Outside(ofEnum ? "Enum" : "Object")
        : new Found.Nowhere();
  }

  /** Those that take so many arguments; one that takes any number only if no other does. */
  static List<JavaFunction> taking(JavaType type, String name, int arguments) {
    List<JavaFunction> all = type.functions().getOrDefault(name, List.of());
    List<JavaFunction> taking = all.stream().filter(each -> each.takes(arguments)).toList();
    List<JavaFunction> exactly =
        taking.stream()
            .filter(each -> !each.takesMany() && each.parameters().size() == arguments)
            .toList();
    return exactly.isEmpty() ? taking : exactly;
  }

  Optional<Type> field(Type.Known value, String name) {
    return field(value, name, new HashSet<>());
  }

  private Optional<Type> field(Type.Known value, String name, Set<JavaType> seen) {
    JavaType type = value.type();
    if (!seen.add(type)) {
      return Optional.empty();
    }
    Map<String, Type> bindings = JavaNames.bindings(value);
    String written = type.fields().get(name);
    if (written != null) {
      return Optional.of(names.type(written, new Place(type.unit(), type.scope(), bindings)));
    }
    for (Type above : names.supers(type, bindings)) {
      if (above instanceof Type.Known known) {
        Optional<Type> found = field(known, name, seen);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /** True if a field may be inherited from a type outside of the tree. */
  boolean reachesOutside(JavaType type) {
    return reachesOutside(type, new HashSet<>());
  }

  private boolean reachesOutside(JavaType type, Set<JavaType> seen) {
    if (!seen.add(type)) {
      return false;
    }
    for (Type above : names.supers(type, Map.of())) {
      boolean reaches =
          switch (above) {
            case Type.Known known -> reachesOutside(known.type(), seen);
            case Type.Outside _, Type.ArrayOf _, Type.Unknown _ -> true;
          };
      if (reaches) {
        return true;
      }
    }
    return false;
  }

  /** What the methods return, if they agree. */
  Type returned(Found.Here here) {
    Place place = new Place(here.owner().unit(), here.owner().scope(), here.bindings());
    List<Type> types = new ArrayList<>();
    for (JavaFunction function : here.functions()) {
      Type type = names.type(function.returned(), place);
      if (!types.contains(type)) {
        types.add(type);
      }
    }
    return types.size() == 1 ? types.getFirst() : Type.UNKNOWN;
  }
}
