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

/** Rust: a file is a module of its crate; what declares a module uses it. */
final class RustUses implements Uses {
  private static final Pattern CRATE =
      Pattern.compile("(?m)^\\s*name\\s*=\\s*\"([A-Za-z0-9_-]{1,100})\"");
  private static final Pattern MODULE =
      Pattern.compile("(?m)^\\s*(?:pub(?:\\([^)]*\\))?\\s+)?mod\\s+([A-Za-z0-9_]+)\\s*;");
  private static final Pattern USED =
      Pattern.compile("\\b([A-Za-z_][A-Za-z0-9_]*)((?:::[A-Za-z_][A-Za-z0-9_]*)*)(::\\{[^;]*)?");
  private static final Pattern WORD =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(?:::[A-Za-z_][A-Za-z0-9_]*)*");

  /** Names of crates by folder. */
  private final Map<String, String> crates = new HashMap<>();

  RustUses(Collection<String> paths, Function<String, Optional<String>> text) {
    for (String path : paths) {
      if (Paths.name(path).equals("Cargo.toml")) {
        Matcher name = CRATE.matcher(text.apply(path).orElse(""));
        if (name.find()) {
          crates.put(Paths.folder(path), name.group(1).replace('-', '_'));
        }
      }
    }
  }

  @Override
  public boolean reads(String path) {
    return path.endsWith(".rs");
  }

  @Override
  public Set<String> provides(String path, String text) {
    return Set.of(crate(path) + "::" + module(path));
  }

  @Override
  public Set<String> asks(String path, String text) {
    Set<String> keys = new HashSet<>();
    String own = module(path);
    Matcher declared = MODULE.matcher(text);
    while (declared.find()) {
      keys.add(key(crate(path), own, declared.group(1)));
    }
    Matcher used = USED.matcher(text);
    while (used.find()) {
      String rest = used.group(2).replaceFirst("^::", "");
      String braces = used.group(3) == null ? "" : used.group(3);
      if (!rest.isEmpty() || !braces.isEmpty()) {
        addUsed(path, own, used.group(1), rest, braces, keys);
      }
    }
    return keys;
  }

  private void addUsed(
      String path, String own, String first, String rest, String braces, Set<String> keys) {
    String crate = crates.containsValue(first) ? first : crate(path);
    String from =
        switch (first) {
          case "self" -> own;
          case "super" -> outer(own);
          case "crate" -> "";
          default -> crates.containsValue(first) ? "" : joined(own, first);
        };
    addAll(crate, from, rest, keys);
    Matcher word = WORD.matcher(braces);
    while (word.find()) {
      addAll(crate, from, joined(rest, word.group()), keys);
    }
  }

  /** The last names may be items of a module rather than modules. */
  private static void addAll(String crate, String from, String rest, Set<String> keys) {
    String path = joined(from, rest);
    while (!path.isEmpty() && !path.equals(from)) {
      keys.add(crate + "::" + path);
      path = outer(path);
    }
    if (rest.lastIndexOf("::") < 0) {
      keys.add(crate + "::" + path);
    }
  }

  private String crate(String path) {
    String folder = Paths.folder(path);
    while (!crates.containsKey(folder) && !folder.isEmpty()) {
      folder = Paths.folder(folder);
    }
    return crates.getOrDefault(folder, "");
  }

  /** {@code src/a/b.rs} is {@code a::b}; each file beside {@code src} is a crate of its own. */
  static String module(String path) {
    int at = ("/" + path).indexOf("/src/");
    if (at < 0) {
      return "/" + path;
    }
    String below = Paths.withoutEnding(path.substring(at + 4));
    String place =
        switch (Paths.name(below)) {
          case "mod" -> Paths.folder(below);
          case "lib", "main" -> Paths.folder(below);
          default -> below;
        };
    return place.replace("/", "::");
  }

  private static String key(String crate, String module, String name) {
    return crate + "::" + joined(module, name);
  }

  private static String joined(String module, String name) {
    return module.isEmpty() || name.isEmpty() ? module + name : module + "::" + name;
  }

  private static String outer(String module) {
    int at = module.lastIndexOf("::");
    return at < 0 ? "" : module.substring(0, at);
  }
}
