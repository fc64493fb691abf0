package dev.capstan.control.codec;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** A one-to-one table of stored names and types. An unknown one fails loudly. */
final class Names<T> {
  private final String what;
  private final Map<String, Class<? extends T>> types = new HashMap<>();
  private final Map<Class<?>, String> names = new HashMap<>();

  Names(String what) {
    this.what = what;
  }

  Names<T> with(String name, Class<? extends T> type) {
    if (types.put(name, type) != null || names.put(type, name) != null) {
      throw new IllegalStateException("a " + what + " stands in the table twice: " + name);
    }
    return this;
  }

  String of(T value) {
    String name = names.get(value.getClass());
    if (name == null) {
      throw new IllegalStateException(
          "no name is known for the " + what + ' ' + value.getClass().getSimpleName());
    }
    return name;
  }

  Class<? extends T> type(String name) {
    Class<? extends T> type = types.get(name);
    if (type == null) {
      throw new IllegalStateException(
          "unknown "
              + what
              + " \""
              + name
              + "\": it was stored by a newer Capstan, or the store is damaged");
    }
    return type;
  }

  Set<String> names() {
    return Set.copyOf(types.keySet());
  }

  Set<Class<?>> types() {
    return Set.copyOf(names.keySet());
  }
}
