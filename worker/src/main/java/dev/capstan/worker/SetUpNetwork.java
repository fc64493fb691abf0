package dev.capstan.worker;

import dev.capstan.sandbox.AllowList;
import dev.capstan.sandbox.Network;
import dev.capstan.workspace.toolchain.Registries;
import dev.capstan.workspace.toolchain.Toolchain;

/** What the set-up of a base commit reaches; the installation says it, never a repository. */
public sealed interface SetUpNetwork {
  /** For a toolchain. */
  Network of(Toolchain toolchain);

  /** The registries of its tools, and these hosts. */
  record Filtered(AllowList more) implements SetUpNetwork {
    @Override
    public Network of(Toolchain toolchain) {
      return new Network.Filtered(AllowList.named(Registries.builtIn(toolchain.name())).and(more));
    }
  }

  /** Everything that the host reaches. */
  record Direct() implements SetUpNetwork {
    @Override
    public Network of(Toolchain toolchain) {
      return new Network.Direct();
    }
  }
}
