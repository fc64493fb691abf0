package dev.capstan.workspace.toolchain;

import java.time.Duration;
import java.util.Optional;

/** Recognises one kind of repository. */
interface Rule {
  /** How long a set-up may take, wall clock. */
  Duration SET_UP_LIMIT = Duration.ofMinutes(15);

  /** How long building and testing may take, wall clock. */
  Duration MEASURE_LIMIT = Duration.ofMinutes(30);

  Optional<Toolchain> match(WorkTree tree) throws Unusable;

  /** What this rule looks for, as the object of "looked for". */
  String lookedFor();
}
