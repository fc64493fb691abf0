package dev.capstan.verification.dependencies;

import java.io.Serial;

/** A manifest is not what its name says. */
public final class UnreadableManifest extends Exception {
  @Serial private static final long serialVersionUID = 1;

  UnreadableManifest(String message) {
    super(message);
  }
}
