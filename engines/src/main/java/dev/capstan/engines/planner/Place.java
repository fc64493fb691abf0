package dev.capstan.engines.planner;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in the code a goal is to be reached.
 *
 * @param name a package, class, folder or file as people write it; "" is everywhere
 */
public record Place(String name) {
  public static final Place EVERYWHERE = new Place("");

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(?:package|module|folder|class|file|of|in|from|for)\\s+"
              + "(?:(?:the|this|our|my)\\s+)?"
              + "(?<name>[\\w$]+(?:[./-][\\w$]+)*)");

  /** Words that stand there and name nothing. */
  private static final Set<String> NAMELESS =
      Set.of(
          "a",
          "all",
          "any",
          "base",
          "class",
          "classes",
          "code",
          "codebase",
          "every",
          "everything",
          "file",
          "files",
          "folder",
          "it",
          "its",
          "lines",
          "methods",
          "module",
          "my",
          "our",
          "package",
          "packages",
          "project",
          "repo",
          "repository",
          "source",
          "sources",
          "test",
          "tests",
          "that",
          "the",
          "these",
          "this",
          "uncovered",
          "unit",
          "untested",
          "whole");

  /** The first place that a goal names. */
  static Place of(String goal) {
    Matcher named = NAMED.matcher(goal);
    for (int from = 0; named.find(from); from = named.start("name")) {
      String name = named.group("name");
      if (!NAMELESS.contains(name.toLowerCase(Locale.ROOT))) {
        return new Place(name);
      }
    }
    return EVERYWHERE;
  }

  /** Whether that file is there: in the package or folder, or below it, or it itself. */
  public boolean holds(String path) {
    if (name.isEmpty()) {
      return true;
    }
    int ending = path.lastIndexOf('.');
    String plain = ending > path.lastIndexOf('/') ? path.substring(0, ending) : path;
    return ("/" + path + "/").contains("/" + name + "/")
        || ("/" + plain + "/").contains("/" + name.replace('.', '/') + "/");
  }
}
