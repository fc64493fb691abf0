package dev.capstan.verification;

import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Sources;
import dev.capstan.verification.frozen.JudgeFiles;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether a class or module that a report names has a source. Only names that look like a
 * class of the JVM or a module of Python are understood; display names, features and suites of
 * other tools are not.
 */
final class SourceNames {
  private static final int MOST_SEARCHED = 500;
  private static final Pattern DOTTED =
      Pattern.compile("[A-Za-z_]\\w{0,200}(?:[.$][A-Za-z_0-9]\\w{0,200}){0,30}");
  private static final Pattern SOURCE =
      Pattern.compile(".*\\.(?:java|kt|kts|groovy|scala|clj|py|pyi)");

  private final Sources now;
  private final List<String> changed;
  private final List<String> sources;
  private final Set<String> stems = new HashSet<>();
  private final Set<String> modules = new HashSet<>();

  private SourceNames(Submission submission) {
    Set<String> paths = new HashSet<>(submission.before().paths());
    paths.addAll(submission.now().paths());
    this.now = submission.now();
    this.changed = submission.changes().stream().map(Changed::path).sorted().toList();
    this.sources = paths.stream().filter(path -> SOURCE.matcher(path).matches()).sorted().toList();
    paths.forEach(this::addStems);
  }

  static SourceNames of(Submission submission) {
    return new SourceNames(submission);
  }

  /** A path without what follows the first dot of its name, and every end of it. */
  private void addStems(String path) {
    int name = path.lastIndexOf('/') + 1;
    int dot = path.indexOf('.', name);
    String stem = dot > name ? path.substring(0, dot) : path;
    String end = stem.endsWith("/__init__") ? stem.substring(0, stem.lastIndexOf('/')) : stem;
    boolean module = path.endsWith(".py");
    for (int slash = -1; slash < end.length(); slash = next(end, slash + 1)) {
      stems.add(end.substring(slash + 1));
      if (module) {
        modules.add(end.substring(slash + 1));
      }
    }
  }

  private static int next(String path, int from) {
    int slash = path.indexOf('/', from);
    return slash < 0 ? path.length() : slash;
  }

  /** Empty if the name is of no kind that could be looked for. */
  Optional<Boolean> hasSource(String name) {
    if (sources.isEmpty() || !DOTTED.matcher(name).matches()) {
      return Optional.empty();
    }
    return Optional.of(isFile(name) || isWord(simple(name)));
  }

  /** A class in the file of its name, a module, or what stands in a module. */
  private boolean isFile(String name) {
    String path = name.replace('.', '/');
    if (stems.contains(simple(name)) || stems.contains(path)) {
      return true;
    }
    String outer = path;
    while (outer.indexOf('/') > 0) {
      outer = outer.substring(0, outer.lastIndexOf('/'));
      if (modules.contains(outer)) {
        return true;
      }
    }
    return false;
  }

  /** The outermost class without its package. */
  private static String simple(String name) {
    int inner = name.indexOf('$');
    String outer = inner < 0 ? name : name.substring(0, inner);
    return outer.substring(outer.lastIndexOf('.') + 1);
  }

  /** A file may hold several classes; where there are too many to search, one of them does. */
  private boolean isWord(String word) {
    Pattern declaration =
        Pattern.compile("\\b(?:class|object|interface|record|enum|trait)\\s{1,20}" + word + "\\b");
    return changed.stream().anyMatch(path -> holds(path, word, declaration))
        || sources.size() > MOST_SEARCHED
        || sources.stream().anyMatch(path -> holds(path, word, declaration));
  }

  /** Code that writes a report names the class too, so outside of tests it must declare it. */
  private boolean holds(String path, String word, Pattern declaration) {
    String text = now.text(path).orElse("");
    return JudgeFiles.kindOf(path).equals(Optional.of(JudgeFiles.Kind.TEST))
        ? holdsWord(text, word)
        : text.contains(word) && declaration.matcher(text).find();
  }

  private static boolean holdsWord(String text, String word) {
    for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
      int end = at + word.length();
      boolean begins = at == 0 || !Character.isJavaIdentifierPart(text.charAt(at - 1));
      boolean ends = end == text.length() || !Character.isJavaIdentifierPart(text.charAt(end));
      if (begins && ends) {
        return true;
      }
    }
    return false;
  }
}
