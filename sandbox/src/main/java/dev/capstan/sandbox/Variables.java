package dev.capstan.sandbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the variables of a command get to it.
 *
 * <p>A command line can be read by every user of the host, an environment can't; so variables,
 * which may be secrets, go through the environment of bubblewrap. Danger: bubblewrap itself, and
 * the shell that opens a file for it, run outside, so what the C library obeys when a program is
 * loaded (its own list for privileged programs), and a shell when it starts, must never be set
 * there and is spelled out on the command line instead.
 */
final class Variables {
  private static final List<String> LOADER_PREFIXES = List.of("LD_", "MALLOC_", "GLIBC_", "GCONV_");
  private static final Set<String> LOADER_NAMES =
      Set.of(
          "BASHOPTS",
          "BASH_ENV",
          "BASH_XTRACEFD",
          "ENV",
          "GETCONF_DIR",
          "HOSTALIASES",
          "LANGUAGE",
          "LOCALDOMAIN",
          "LOCPATH",
          "NIS_PATH",
          "NLSPATH",
          "PS4",
          "RESOLV_HOST_CONF",
          "RES_OPTIONS",
          "SHELLOPTS",
          "TMPDIR",
          "TZ",
          "TZDIR");

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private Variables() {}

  /** A shell may also drop what it could not have as a variable of its own. */
  static boolean isSpelledOut(String name) {
    return !PLAIN.matcher(name).matches()
        || LOADER_NAMES.contains(name)
        || LOADER_PREFIXES.stream().anyMatch(name::startsWith);
  }

  /** What bubblewrap is started with, and passes on. */
  static Map<String, String> inherited(Confinement confinement, String installation) {
    Map<String, String> variables = new HashMap<>(confinement.environment());
    variables.keySet().removeIf(Variables::isSpelledOut);
    variables.putIfAbsent("HOME", Arguments.HOME.toString());
    variables.put(Marks.INSTALLATION, installation);
    variables.put(Marks.ATTEMPT, confinement.label());
    return variables;
  }
}
