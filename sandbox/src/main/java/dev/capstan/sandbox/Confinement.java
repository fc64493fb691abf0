package dev.capstan.sandbox;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One command and everything it gets to see.
 *
 * @param label whose work this is, for finding what is left over after a crash; one line, not empty
 * @param argv the program and its arguments; no shell looks at them
 * @param workingFolder the folder to start in, as seen from inside
 * @param binds what of the host is visible, in any order: a deeper mount lies on top
 * @param environment all variables the command gets, beside {@code HOME} (unless it is listed),
 *     {@code PWD} and the {@code CAPSTAN_} ones that mark its processes
 * @param network what of the network it reaches
 * @param limits when it is killed
 */
public record Confinement(
    String label,
    List<String> argv,
    Path workingFolder,
    List<Bind> binds,
    Map<String, String> environment,
    Network network,
    Limits limits) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");

  public Confinement {
    argv = List.copyOf(argv);
    binds = List.copyOf(binds);
    environment = Map.copyOf(environment);
    if (label.isBlank() || label.lines().count() != 1 || label.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a label is one line of text, but was \"" + label + '"');
    }
    if (argv.isEmpty() || argv.getFirst().isEmpty()) {
      throw new IllegalArgumentException("argv must start with a program, but was " + argv);
    }
    argv.forEach(argument -> requireNoNul("an argument", argument));
    environment.forEach(Confinement::requireVariable);
    InsidePaths.requireAbsolute(workingFolder);
    requireDistinct(binds);
  }

  /** The same with other binds. */
  Confinement withBinds(List<Bind> others) {
    return new Confinement(label, argv, workingFolder, others, environment, network, limits);
  }

  private static void requireVariable(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a name of a variable: \"" + name + '"');
    }
    if (name.startsWith("CAPSTAN_")) {
      throw new IllegalArgumentException(name + " is set by the sandbox itself");
    }
    requireNoNul("variable " + name, value);
  }

  private static void requireNoNul(String what, String value) {
    if (value.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(what + " holds a NUL character");
    }
  }

  private static void requireDistinct(List<Bind> binds) {
    Set<Path> seen = new HashSet<>();
    for (Bind bind : binds) {
      if (!seen.add(bind.inside())) {
        throw new IllegalArgumentException("two binds for " + bind.inside());
      }
    }
  }
}
