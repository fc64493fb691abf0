package dev.capstan.verification.nearest;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Python: a module is known by its place, and by its dotted name from each folder above it that is
 * no package itself, since any of those may be on the path.
 */
final class PythonUses implements Uses {
  private static final String INIT = "__init__.py";
  private static final int LONGEST_IMPORT = 10_000;

  private final Set<String> packages;

  PythonUses(Collection<String> paths) {
    this.packages =
        paths.stream()
            .filter(path -> Paths.name(path).equals(INIT))
            .map(Paths::folder)
            .collect(Collectors.toSet());
  }

  @Override
  public boolean reads(String path) {
    return path.endsWith(".py");
  }

  @Override
  public Set<String> provides(String path, String text) {
    String place = place(path);
    Set<String> keys = new HashSet<>(Set.of("/" + place));
    String root = Paths.folder(place);
    while (!root.isEmpty()) {
      if (!packages.contains(root)) {
        keys.add(place.substring(root.length() + 1).replace('/', '.'));
      }
      root = Paths.folder(root);
    }
    keys.add(place.replace('/', '.'));
    return keys;
  }

  /** A package's own file stands for its folder. */
  private static String place(String path) {
    return Paths.name(path).equals(INIT) ? Paths.folder(path) : Paths.withoutEnding(path);
  }

  @Override
  public Set<String> asks(String path, String text) {
    Set<String> keys = new HashSet<>();
    int at = 0;
    while (at < text.length()) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = text.substring(at, end).strip();
      if (line.startsWith("import ")) {
        addModules(line.substring(7), keys);
      } else if (line.startsWith("from ")) {
        addFrom(path, statement(text, at, end).strip(), keys);
      }
      at = end + 1;
    }
    return keys;
  }

  /** What is in brackets may go on for lines. */
  private static String statement(String text, int start, int end) {
    String line = text.substring(start, end);
    if (!line.contains("(") || line.contains(")")) {
      return line;
    }
    int close = text.indexOf(')', end);
    return close < 0 || close - start > LONGEST_IMPORT ? line : text.substring(start, close);
  }

  private static void addModules(String list, Set<String> keys) {
    for (String one : list.split(",", -1)) {
      addOuter(firstWord(one), keys);
    }
  }

  /** {@code import a.b} runs a, too. */
  private static void addOuter(String module, Set<String> keys) {
    keys.add(module);
    int dot = module.lastIndexOf('.');
    if (dot > 0) {
      addOuter(module.substring(0, dot), keys);
    }
  }

  private static void addFrom(String path, String statement, Set<String> keys) {
    int split = statement.indexOf(" import");
    if (split < 5) {
      return;
    }
    String module = statement.substring(5, split).strip();
    Optional<String> base = module.startsWith(".") ? relative(path, module) : Optional.of(module);
    if (base.isEmpty()) {
      return;
    }
    String between = module.startsWith(".") ? "/" : ".";
    keys.add(base.get());
    for (String name : statement.substring(split + 7).replace('(', ' ').split(",", -1)) {
      keys.add(base.get() + between + firstWord(name));
    }
  }

  private static Optional<String> relative(String path, String module) {
    int dots = 0;
    while (dots < module.length() && module.charAt(dots) == '.') {
      dots++;
    }
    String up = "../".repeat(dots - 1);
    String below = module.substring(dots).replace('.', '/');
    return Paths.resolve(Paths.folder(path), up + below).map(place -> "/" + place);
  }

  private static String firstWord(String text) {
    String[] words = text.strip().split("[\\s#\\\\]", 2);
    return words[0];
  }
}
