package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.parsing.Origin;
import dev.capstan.knowledge.resolving.JavaMembers.Found;
import dev.capstan.knowledge.resolving.JavaNames.Place;
import dev.capstan.knowledge.resolving.JavaUnit.Imported;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Follows the origin of a value to its type. */
final class JavaValues {
  private static final int LONGEST = 24;

  private final JavaUnit unit;
  private final Lookups lookups;
  private final JavaNames names;
  private final JavaMembers members;
  private final JavaFunctions functions;

  JavaValues(JavaUnit unit, Lookups lookups, JavaNames names, JavaMembers members) {
    this.unit = unit;
    this.lookups = lookups;
    this.names = names;
    this.members = members;
    this.functions = new JavaFunctions(names);
  }

  Type type(String origin, String scope) {
    List<String> parts = Origin.parts(origin);
    if (parts.size() > LONGEST) {
      return Type.UNKNOWN;
    }
    String base = parts.getFirst();
    boolean isName = !base.isEmpty() && Character.isJavaIdentifierStart(base.charAt(0));
    if (isName && !isKeyword(base)) {
      return named(parts, scope);
    }
    if (base.isEmpty()) {
      return parts.size() < 2 ? Type.UNKNOWN : follow(unqualified(parts.get(1), scope), parts, 2);
    }
    return follow(base(base, scope), parts, 1);
  }

  private static boolean isKeyword(String base) {
    return base.equals(Origin.THIS)
        || base.startsWith(Origin.THIS + ':')
        || base.equals(Origin.SUPER);
  }

  private Type base(String base, String scope) {
    if (base.startsWith("=")) {
      return names.type(base.substring(1), Place.of(unit, scope));
    }
    if (base.equals(Origin.THIS)) {
      return unit.around(scope).<Type>map(JavaValues::inside).orElse(Type.UNKNOWN);
    }
    if (base.startsWith(Origin.THIS)) {
      String outer = base.substring(Origin.THIS.length() + 1);
      return names.declared(outer, unit, scope).<Type>map(JavaValues::inside).orElse(Type.UNKNOWN);
    }
    return base.equals(Origin.SUPER)
        ? unit.around(scope)
            .flatMap(type -> names.supers(type, Map.of()).stream().findFirst())
            .orElse(Type.OBJECT)
        : Type.UNKNOWN;
  }

  static Type.Known inside(JavaType type) {
    return new Type.Known(type, true, List.of());
  }

  private Type unqualified(String step, String scope) {
    if (Given.isOne(step)) {
      Given given = Given.of(step);
      return functions.given(unqualified(given.method(), given.arguments(), scope), given);
    }
    Call call = Call.of(step);
    return switch (unqualified(call.name(), call.arguments(), scope)) {
      case Found.Here here -> members.returned(here);
      case Found.Outside _, Found.Nowhere _ -> Type.UNKNOWN;
    };
  }

  /** A step that calls. */
  private record Call(String name, int arguments) {
    static Call of(String step) {
      int slash = step.lastIndexOf('/');
      return new Call(step.substring(1, slash), Integer.parseInt(step.substring(slash + 1)));
    }
  }

  /** The method that a name alone means: the innermost type that has one, then what is imported. */
  Found unqualified(String name, int arguments, String scope) {
    Found outside = new Found.Nowhere();
    for (String at = scope; !at.isEmpty(); at = JavaUnit.outer(at)) {
      Optional<JavaType> around = unit.type(at);
      if (around.isPresent()) {
        Found found = members.method(inside(around.get()), name, arguments);
        if (found instanceof Found.Here) {
          return found;
        }
        outside = outside instanceof Found.Nowhere ? found : outside;
      }
    }
    Found imported = imported(name, arguments);
    return imported instanceof Found.Nowhere ? outside : imported;
  }

  private Found imported(String name, int arguments) {
    Found outside = new Found.Nowhere();
    for (Imported each : unit.imports()) {
      if (each.isStatic() && (each.all() || each.simpleName().equals(name))) {
        Optional<JavaType> owner = names.declared(each.owner(), unit, "");
        Found found =
            owner.isPresent()
                ? members.method(inside(owner.get()), name, arguments)
                : new Found.Outside(each.owner());
        if (found instanceof Found.Here) {
          return found;
        }
        outside = outside instanceof Found.Nowhere ? found : outside;
      }
    }
    return outside;
  }

  /** A name is that of a field, else of a type, else the start of a full name. */
  private Type named(List<String> parts, String scope) {
    String name = parts.getFirst();
    Optional<Type> field = field(name, scope);
    if (field.isPresent()) {
      return follow(field.get(), parts, 1);
    }
    Optional<JavaType> type = names.declared(name, unit, scope);
    if (type.isPresent()) {
      return follow(new Type.Known(type.get(), false, List.of()), parts, 1);
    }
    String full = name;
    for (int i = 1; i < parts.size() && isField(parts.get(i)); i++) {
      full += parts.get(i);
      Optional<JavaType> found = lookups.type(full);
      if (found.isPresent()) {
        return follow(new Type.Known(found.get(), false, List.of()), parts, i + 1);
      }
    }
    boolean looksLikeType =
        Character.isUpperCase(name.charAt(0)) && !name.equals(name.toUpperCase(Locale.ROOT));
    return looksLikeType ? follow(new Type.Outside(name, List.of()), parts, 1) : Type.UNKNOWN;
  }

  private Optional<Type> field(String name, String scope) {
    for (String at = scope; !at.isEmpty(); at = JavaUnit.outer(at)) {
      Optional<Type> found = unit.type(at).flatMap(around -> members.field(inside(around), name));
      if (found.isPresent()) {
        return found;
      }
    }
    for (Imported each : unit.imports()) {
      if (each.isStatic() && (each.all() || each.simpleName().equals(name))) {
        Optional<Type> found =
            names
                .declared(each.owner(), unit, "")
                .flatMap(owner -> members.field(inside(owner), name));
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean isField(String step) {
    return step.startsWith(".") && step.indexOf('/') < 0;
  }

  private Type follow(Type from, List<String> parts, int first) {
    Type type = from;
    for (int i = first; i < parts.size(); i++) {
      type = step(type, parts.get(i));
    }
    return type;
  }

  private Type step(Type type, String step) {
    if (step.equals(Origin.ELEMENT)) {
      return element(type);
    }
    return switch (type) {
      case Type.Known known ->
          isField(step) ? member(known, step.substring(1)) : called(known, step);
      case Type.Outside outside ->
          Given.isOne(step) ? Library.given(outside, Given.of(step)) : Library.step(outside, step);
      case Type.ArrayOf _ -> step.equals(".clone/0") ? type : new Type.Outside("int", List.of());
      case Type.Unknown _ -> Type.UNKNOWN;
    };
  }

  private Type member(Type.Known known, String name) {
    Optional<Type> field = members.field(known, name);
    return field.isPresent()
        ? field.get()
        : names
            .member(known.type(), name)
            .<Type>map(inner -> new Type.Known(inner, false, List.of()))
            .orElse(Type.UNKNOWN);
  }

  private Type called(Type.Known known, String step) {
    if (Given.isOne(step)) {
      Given given = Given.of(step);
      return functions.given(members.method(known, given.method(), given.arguments()), given);
    }
    Call call = Call.of(step);
    return switch (members.method(known, call.name(), call.arguments())) {
      case Found.Here here -> members.returned(here);
      case Found.Outside _, Found.Nowhere _ -> Type.UNKNOWN;
    };
  }

  private Type element(Type type) {
    return switch (type) {
      case Type.ArrayOf array -> array.element();
      case Type.Known known -> iterated(known);
      case Type.Outside outside -> Library.element(outside);
      case Type.Unknown _ -> Type.UNKNOWN;
    };
  }

  private Type iterated(Type.Known known) {
    return switch (members.method(known, "iterator", 0)) {
      case Found.Here here -> firstArgument(members.returned(here));
      case Found.Outside _, Found.Nowhere _ -> Type.UNKNOWN;
    };
  }

  private static Type firstArgument(Type type) {
    List<Type> arguments =
        switch (type) {
          case Type.Known known -> known.arguments();
          case Type.Outside outside -> outside.arguments();
          case Type.ArrayOf _, Type.Unknown _ -> List.of();
        };
    return arguments.isEmpty() ? Type.UNKNOWN : arguments.getFirst();
  }
}
