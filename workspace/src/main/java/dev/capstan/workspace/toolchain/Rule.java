package dev.capstan.workspace.toolchain;

import java.util.Optional;

/** Recognises one kind of repository. */
interface Rule {
  Optional<Toolchain> match(WorkTree tree) throws Unusable;

  /** What this rule looks for, as the object of "looked for". */
  String lookedFor();
}
