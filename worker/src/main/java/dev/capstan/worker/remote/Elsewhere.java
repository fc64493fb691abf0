package dev.capstan.worker.remote;

import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a remote worker has no part in: its kinds of tasks never ask for it. */
final class Elsewhere {
  private Elsewhere() {}

  /** A port of which every method says that only the server has it. */
  static <T> T port(Class<T> type) {
    return port(type, Map.of());
  }

  /** One of which only these methods are here, by name. */
  static <T> T port(Class<T> type, Map<String, UnaryOperator<@Nullable Object>> here) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, arguments) -> {
              UnaryOperator<@Nullable Object> found = here.get(method.getName());
              if (found == null) {
                throw only(type.getSimpleName() + '.' + method.getName());
              }
              return found.apply(arguments[0]);
            }));
  }

  static UnsupportedOperationException only(String what) {
    return new UnsupportedOperationException(what + " is done by the server alone");
  }
}
