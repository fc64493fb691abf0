package dev.capstan.verification.mutation;

import dev.capstan.verification.frozen.JudgeFiles;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A class of main code, by its file.
 *
 * @param path in the repository, with {@code /}
 * @param name with its package; letters, digits, {@code _} and dots only
 */
public record SourceClass(String path, String name) {
  private static final Pattern PACKAGE =
      Pattern.compile("(?m)^[ \\t]*package[ \\t]+([A-Za-z_][A-Za-z0-9_.]{0,500})[ \\t]*;");
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,200}");

  /** The class that a file is named after; empty where it is none that can be asked about. */
  public static Optional<SourceClass> of(String path, String text) {
    String simple = simpleName(path);
    if (!isMainCode(path) || !PLAIN.matcher(simple).matches()) {
      return Optional.empty();
    }
    Matcher named = PACKAGE.matcher(text);
    return Optional.of(
        new SourceClass(path, named.find() ? named.group(1) + "." + simple : simple));
  }

  /** True for what may hold a class of main code. */
  public static boolean isMainCode(String path) {
    return path.endsWith(".java")
        && !path.endsWith("-info.java")
        && JudgeFiles.kindOf(path).isEmpty();
  }

  static String simpleName(String path) {
    return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.java$", "");
  }

  /** True for the class itself and those within it. */
  public boolean holds(String className) {
    return className.equals(name) || className.startsWith(name + "$");
  }

  /** The folder that its module is in, "" for the root, else ending in {@code /}. */
  public String module() {
    return moduleOf(path);
  }

  /** Of any source file, as Maven lays them out. */
  public static String moduleOf(String path) {
    int sources = path.startsWith("src/") ? 0 : path.indexOf("/src/") + 1;
    return path.substring(0, sources);
  }
}
