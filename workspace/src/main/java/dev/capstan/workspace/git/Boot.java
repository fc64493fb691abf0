package dev.capstan.workspace.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Tells one start of the machine from the next. */
final class Boot {
  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");
  private static final String OF_THIS_PROCESS = UUID.randomUUID().toString();

  private Boot() {}

  /** Where the system has none, one of this process. */
  static String id() {
    try {
      return Files.readString(LINUX, StandardCharsets.US_ASCII).strip();
    } catch (IOException _) {
      return OF_THIS_PROCESS;
    }
  }
}
