package dev.capstan.workspace.optout;

import com.google.re2j.Pattern;
import dev.capstan.core.plan.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The files that their owners keep from machines: those that say {@code NO_LLM} in a comment in
 * their first ten lines, and what a list at the root, such as {@code .capstanignore}, names.
 *
 * <p>A list is untrusted, so its patterns become {@link Scope} globs, which match in bounded time.
 * A class such as {@code [a-z]} is taken for any one character: rather too much is kept than too
 * little.
 */
public final class OptOut {
  /** Keeps files from being read by models and from being changed. */
  public static final String LIST = ".capstanignore";

  /** Every list that keeps files from being read by models; the last two are of other tools. */
  public static final List<String> READING_LISTS = List.of(LIST, ".aiignore", ".cursorignore");

  private static final int LINES = 10;
  private static final int MOST_PATTERNS = 2_000;
  private static final int LONGEST_PATTERN = 500;
  private static final Pattern MARK =
      Pattern.compile(
          "(?i)(?:#|//|/\\*|^\\s*\\*|--|;|<!--|%|^\\s*'|^\\s*rem\\s|\\{-|\\(\\*|\"\"\").*\\bNO_LLM\\b");
  private static final Pattern CLASS = Pattern.compile("\\[!?\\]?[^\\]]*\\]");

  private final Function<String, Optional<String>> text;
  private final List<Entry> entries = new ArrayList<>();

  /** A pattern of a list; a later one goes before. */
  private record Entry(Scope paths, boolean keeps, String list) {}

  private OptOut(Function<String, Optional<String>> text) {
    this.text = text;
  }

  /**
   * What these lists name.
   *
   * @param text of a file by its path, if it is there
   */
  public static OptOut of(Function<String, Optional<String>> text, List<String> lists) {
    OptOut optOut = new OptOut(text);
    for (String list : lists) {
      text.apply(list).stream()
          .flatMap(String::lines)
          .limit(MOST_PATTERNS)
          .forEach(line -> optOut.add(line, list));
    }
    return optOut;
  }

  /** The list that names the path. */
  public Optional<String> listed(String path) {
    for (Entry entry : entries.reversed()) {
      if (entry.paths().allows(path)) {
        return entry.keeps() ? Optional.of(entry.list()) : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * Why a file is kept, by a list or by its own words, as it is said after its path; empty if it is
   * not.
   */
  public Optional<String> kept(String path) {
    return listed(path)
        .map(list -> "is kept from models by " + list)
        .or(() -> text.apply(path).flatMap(OptOut::marked));
  }

  /** How a file with this text says that it is kept; empty if it does not. */
  public static Optional<String> marked(String text) {
    boolean marked = text.lines().limit(LINES).anyMatch(line -> MARK.matcher(line).find());
    return marked ? Optional.of("says NO_LLM in its first " + LINES + " lines") : Optional.empty();
  }

  /** The syntax is that of {@code .gitignore}. */
  private void add(String line, String list) {
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
      entries.add(new Entry(new Scope(globs), keeps, list));
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
