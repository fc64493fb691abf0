package dev.capstan.postgres.embedded;

import java.nio.file.Path;
import java.time.Instant;

/** What came of wanting to own a data folder. */
public sealed interface Ownership {

  /** It is ours until the folder is closed or this process ends, however it ends. */
  record Owned(DataFolder folder) implements Ownership {}

  /** A living process has it: attach to that one, or ask it to stop. */
  record OwnedBy(Path folder, long pid, Instant since) implements Ownership {}
}
