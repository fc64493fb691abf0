package dev.capstan.knowledge.parsing;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The local variables that a place sees, each with the {@link Origin} of its value. */
final class JavaLocals {
  private final @Nullable JavaLocals around;
  private final Map<String, String> origins = new HashMap<>();

  private JavaLocals(@Nullable JavaLocals around) {
    this.around = around;
  }

  static JavaLocals none() {
    return new JavaLocals(null);
  }

  JavaLocals inner() {
    return new JavaLocals(this);
  }

  void put(String name, String origin) {
    origins.put(name, origin);
  }

  Optional<String> origin(String name) {
    String found = origins.get(name);
    if (found != null) {
      return Optional.of(found);
    }
    return around == null ? Optional.empty() : around.origin(name);
  }
}
