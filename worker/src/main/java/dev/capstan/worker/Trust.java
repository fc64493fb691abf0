package dev.capstan.worker;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.toolchain.Toolchain;

/** How far what is measured may reach beyond the sandbox. */
enum Trust {
  /** The run's base commit: set-up has the network, variables that it names are passed through. */
  BASE,
  /** What a change of the run has made: no network, whatever it would have to fetch. */
  CHANGE,
  /** A change that also says how it is built and tested: no variables of ours either. */
  CHANGED_CONFIGURATION;

  /**
   * What a change has made never gets the network. A changed configuration names variables of ours
   * as well: until it is part of a base commit nobody has agreed to it.
   */
  static Trust of(GitStore git, ProjectId project, CommitId base, CommitId commit) {
    boolean changed =
        git.changes(project, base, commit).stream()
            .anyMatch(change -> change.path().equals(Toolchain.CONFIGURATION));
    return changed ? CHANGED_CONFIGURATION : CHANGE;
  }

  /** The toolchain with no more of ours than is trusted to it. */
  Toolchain allow(Toolchain toolchain) {
    return switch (this) {
      case BASE, CHANGE -> toolchain;
      case CHANGED_CONFIGURATION -> toolchain.withoutEnvironment();
    };
  }
}
