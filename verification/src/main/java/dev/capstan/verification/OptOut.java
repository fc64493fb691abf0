package dev.capstan.verification;

import com.google.re2j.Pattern;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Submission.Sources;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The files that their owners keep from being changed by a machine: those of a commit that say
 * {@code NO_LLM} in a comment in their first ten lines, and what its {@code .capstanignore} names.
 *
 * <p>The list is untrusted, so its patterns become {@link Scope} globs, which match in bounded
 * time. A class such as {@code [a-z]} is taken for any one character: rather too much is kept than
 * too little.
 */
final class OptOut {
  static final String LIST = ".capstanignore";

  private static final int LINES = 10;
  private static final int MOST_PATTERNS = 2_000;
  private static final int LONGEST_PATTERN = 500;
  private static final Pattern MARK =
      Pattern.compile(
          "(?i)(?:#|//|/\\*|^\\s*\\*|--|;|<!--|%|^\\s*'|^\\s*rem\\s|\\{-|\\(\\*|\"\"\").*\\bNO_LLM\\b");
  private static final Pattern CLASS = Pattern.compile("\\[!?\\]?[^\\]]*\\]");

  private final Sources files;
  private final List<Entry> entries = new ArrayList<>();

  /** A pattern of the list; a later one goes before. */
  private record Entry(Scope paths, boolean keeps) {}

  private OptOut(Sources files) {
    this.files = files;
  }

  static OptOut of(Sources files) {
    OptOut optOut = new OptOut(files);
    files.text(LIST).stream().flatMap(String::lines).limit(MOST_PATTERNS).forEach(optOut::add);
    return optOut;
  }

  /** Why the path may not be changed; empty if it may. */
  Optional<String> reason(String path) {
    if (isListed(path)) {
      return Optional.of("is kept from change by " + LIST);
    }
    boolean marked =
        files.largeText(path).stream()
            .flatMap(text -> text.lines().limit(LINES))
            .anyMatch(line -> MARK.matcher(line).find());
    return marked ? Optional.of("says NO_LLM in its first " + LINES + " lines") : Optional.empty();
  }

  private boolean isListed(String path) {
    for (Entry entry : entries.reversed()) {
      if (entry.paths().allows(path)) {
        return entry.keeps();
      }
    }
    return false;
  }

  /** The syntax is that of {@code .gitignore}. */
  private void add(String line) {
    String pattern = line.stripTrailing();
    if (pattern.isEmpty() || pattern.startsWith("#") || pattern.length() > LONGEST_PATTERN) {
      return;
    }
    boolean keeps = !pattern.startsWith("!");
    String text = keeps ? pattern : pattern.substring(1);
    if (!keeps && text.indexOf('[') >= 0) {
      return;
    }
    String glob = CLASS.matcher(text).replaceAll("?").replace("\\", "");
    List<String> globs = globs(glob);
    if (!globs.isEmpty()) {
      entries.add(new Entry(new Scope(globs), keeps));
    }
  }

  private static List<String> globs(String pattern) {
    boolean foldersOnly = pattern.endsWith("/");
    String name = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
    boolean anchored = name.indexOf('/') >= 0;
    String fromRoot = name.startsWith("/") ? name.substring(1) : name;
    if (fromRoot.isEmpty()) {
      return List.of();
    }
    String glob = anchored ? fromRoot : "**/" + fromRoot;
    return foldersOnly ? List.of(glob + "/**") : List.of(glob, glob + "/**");
  }
}
