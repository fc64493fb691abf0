package dev.capstan.worker.remote;

import java.lang.reflect.Proxy;

/** What a remote worker has no part in: its kinds of tasks never ask for it. */
final class Elsewhere {
  private Elsewhere() {}

  /** A port of which every method says that only the server has it. */
  static <T> T port(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (_, method, _) -> {
              throw only(type.getSimpleName() + '.' + method.getName());
            }));
  }

  static UnsupportedOperationException only(String what) {
    return new UnsupportedOperationException(what + " is done by the server alone");
  }
}
