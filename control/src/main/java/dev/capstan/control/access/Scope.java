package dev.capstan.control.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody may do; each of the people's may do all that those before it may. */
public enum Scope {
  /** Look. */
  READER,
  /** Begin runs, and lead them. */
  OPERATOR,
  /** Decide what is delivered, and under which rules. */
  MAINTAINER,
  /** Say who may do what. */
  ADMIN,
  /** Do the work of runs, as a machine; nothing that people do. */
  WORKER;

  public boolean covers(Scope needed) {
    return (this == WORKER || needed == WORKER)
        ? this == needed || this == ADMIN
        : compareTo(needed) >= 0;
  }

  /** As people write it, for example {@code reader}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Scope> of(String word) {
    return Arrays.stream(values()).filter(scope -> scope.word().equals(word)).findFirst();
  }
}
