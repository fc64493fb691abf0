package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How bubblewrap gets its filter.
 *
 * <p>It wants an open file, and Java hands none on but the three standard ones. So a shell opens
 * it, and becomes bubblewrap. Its script is this constant and nothing is ever put into it; what a
 * shell obeys in its environment is kept from it by {@link Variables}.
 */
final class Launch {
  private static final String SCRIPT =
      "filter=$1 && program=$2 && shift 2 && exec \"$program\" --seccomp 9 \"$@\" 9<\"$filter\"";

  private Launch() {}

  /** All that comes before bubblewrap's own arguments. */
  static List<String> of(Path program, Optional<Path> filter) {
    return filter
        .map(file ->
            List.of("/bin/sh", "-c", SCRIPT, "capstan", file.toString(), program.toString()))
        .orElseGet(() -> List.of(program.toString()));
  }
}
