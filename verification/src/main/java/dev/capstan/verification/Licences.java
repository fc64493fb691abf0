package dev.capstan.verification;

import dev.capstan.verification.dependencies.Dependency;
import java.util.Optional;

/** Knows licences without asking anybody outside. What it says comes from strangers. */
@FunctionalInterface
public interface Licences {
  /** Knows none. */
  Licences UNKNOWN = _ -> Optional.empty();

  /** An SPDX expression, or names as people write them joined by {@code OR}. */
  Optional<String> of(Dependency dependency);
}
