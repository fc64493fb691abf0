package dev.capstan.verification.nearest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Go: the files of a folder are one package, known by its place and by its module's path. */
final class GoUses implements Uses {
  private static final Pattern MODULE = Pattern.compile("(?m)^module\\s+\"?([^\\s\"]{1,300})");
  private static final Pattern IMPORT = Pattern.compile("\"([A-Za-z0-9_.~/-]{1,300})\"");

  /** By folder. */
  private final Map<String, String> modules = new HashMap<>();

  GoUses(Collection<String> paths, Function<String, Optional<String>> text) {
    for (String path : paths) {
      if (Paths.name(path).equals("go.mod")) {
        Matcher module = MODULE.matcher(text.apply(path).orElse(""));
        if (module.find()) {
          modules.put(Paths.folder(path), module.group(1));
        }
      }
    }
  }

  @Override
  public boolean reads(String path) {
    return path.endsWith(".go");
  }

  @Override
  public Set<String> provides(String path, String text) {
    if (path.endsWith("_test.go")) {
      return Set.of();
    }
    String folder = Paths.folder(path);
    Set<String> keys = new HashSet<>(Set.of("/" + folder));
    String root = folder;
    while (!modules.containsKey(root) && !root.isEmpty()) {
      root = Paths.folder(root);
    }
    String module = modules.get(root);
    if (module != null) {
      String below =
          root.isEmpty() ? folder : folder.substring(root.length()).replaceFirst("^/", "");
      keys.add(Paths.join(module, below));
    }
    return keys;
  }

  @Override
  public Set<String> asks(String path, String text) {
    Set<String> keys = new HashSet<>(Set.of("/" + Paths.folder(path)));
    boolean block = false;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      if (line.startsWith("import (")) {
        block = true;
      } else if (block && line.startsWith(")")) {
        block = false;
      } else if (line.startsWith("func ")) {
        break;
      } else if (block || line.startsWith("import ")) {
        Matcher name = IMPORT.matcher(line);
        if (name.find()) {
          keys.add(name.group(1));
        }
      }
    }
    return keys;
  }
}
