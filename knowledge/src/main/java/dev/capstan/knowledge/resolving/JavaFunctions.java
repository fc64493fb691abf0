package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.resolving.JavaMembers.Found;
import dev.capstan.knowledge.resolving.JavaNames.Place;
import dev.capstan.knowledge.resolving.JavaType.JavaFunction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The types of the parameters of lambdas, by the interface that the method wants. */
final class JavaFunctions {
  private final JavaNames names;

  JavaFunctions(JavaNames names) {
    this.names = names;
  }

  /** Not known if the overloads of a method do not agree. */
  Type given(Found method, Given given) {
    return switch (method) {
      case Found.Here here -> given(here, given);
      case Found.Outside _, Found.Nowhere _ -> Type.UNKNOWN;
    };
  }

  private Type given(Found.Here here, Given given) {
    Place place = new Place(here.owner().unit(), here.owner().scope(), here.bindings());
    Set<Type> types = new HashSet<>();
    for (JavaFunction function : here.functions()) {
      boolean takesIt = given.position() < function.parameters().size();
      types.add(
          takesIt
              ? parameter(
                  names.type(function.parameters().get(given.position()), place), given.parameter())
              : Type.UNKNOWN);
    }
    return types.size() == 1 ? types.iterator().next() : Type.UNKNOWN;
  }

  private Type parameter(Type function, int parameter) {
    return switch (function) {
      case Type.Known known -> parameter(known, parameter);
      case Type.Outside outside -> Library.parameter(outside, parameter);
      case Type.ArrayOf _, Type.Unknown _ -> Type.UNKNOWN;
    };
  }

  /** An interface with one method is for functions; which of several is meant is not known. */
  private Type parameter(Type.Known known, int parameter) {
    List<JavaFunction> all = new ArrayList<>();
    known.type().functions().values().forEach(all::addAll);
    if (all.size() != 1 || all.getFirst().parameters().size() <= parameter) {
      return Type.UNKNOWN;
    }
    Place place = new Place(known.type().unit(), known.type().scope(), JavaNames.bindings(known));
    return names.type(all.getFirst().parameters().get(parameter), place);
  }
}
