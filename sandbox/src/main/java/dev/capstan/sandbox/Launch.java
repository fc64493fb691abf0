package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How bubblewrap gets its filter and into its cgroups.
 *
 * <p>It wants an open file, and Java hands none on but the three standard ones. So a shell enters
 * the cgroups, opens the file and becomes bubblewrap. Its scripts are constants and nothing is ever
 * put into them; what a shell obeys in its environment is kept from it by {@link Variables}.
 */
final class Launch {
  private static final String ENTER =
      """
      while [ "$1" != -- ]; do
        { echo 0 > "$1"; } 2>/dev/null || { echo "bwrap: cannot enter a cgroup" >&2; exit 1; }
        shift
      done
      shift
      """;
  private static final String PLAIN = ENTER + "exec \"$@\"";
  private static final String FILTERED =
      ENTER + "filter=$1 program=$2; shift 2; exec \"$program\" --seccomp 9 \"$@\" 9<\"$filter\"";

  private Launch() {}

  /** All that comes before bubblewrap's own arguments. */
  static List<String> of(Path program, Optional<Path> filter, List<Path> entrances) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("/bin/sh", "-c", filter.isPresent() ? FILTERED : PLAIN, "capstan"));
    entrances.forEach(entrance -> command.add(entrance.toString()));
    command.add("--");
    filter.ifPresent(file -> command.add(file.toString()));
    command.add(program.toString());
    return command;
  }
}
