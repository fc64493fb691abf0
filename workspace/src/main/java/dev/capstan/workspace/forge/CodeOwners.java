package dev.capstan.workspace.forge;

import dev.capstan.core.plan.Scope;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who owns which files, as a CODEOWNERS file of GitHub or GitLab says. The last line that matches a
 * file counts; with GitLab's sections, the last one of each section. Patterns are those of
 * gitignore, except that there are no {@code !} and no {@code [a-z]}, and that {@code docs/*} does
 * not reach into folders below. A line that cannot be understood owns nothing, as on the forges.
 */
public final class CodeOwners {
  /** Where it may stand; the first that is there counts. */
  public static final List<String> PLACES =
      List.of(".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS");

  /** In bytes; forges do not read a larger one. */
  public static final int LARGEST = 3 << 20;

  private static final int MOST_RULES = 10_000;
  private static final int LONGEST_PATTERN = 500;
  private static final Pattern SECTION =
      Pattern.compile("\\^?\\[([^\\[\\]]{1,255})](?:\\[\\d{1,4}])?(|\\s.*)");
  private static final Pattern OWNER =
      Pattern.compile(
          "@{1,2}[\\w.-]{1,255}(?:/[\\w.-]{1,255}){0,20}|[\\w.+-]{1,255}@[\\w.-]{1,255}");

  private record Rule(Scope files, List<String> owners) {}

  private final Map<String, List<Rule>> sections = new LinkedHashMap<>();
  private int rules;

  private CodeOwners() {}

  /** Reads any text; what is wrong in it is passed over. */
  public static CodeOwners parse(String text) {
    CodeOwners read = new CodeOwners();
    String section = "";
    List<String> byDefault = List.of();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      List<String> words = words(line);
      Matcher header = SECTION.matcher(String.join(" ", words));
      if (header.matches()) {
        section = header.group(1);
        byDefault = owners(words(header.group(2)));
      } else if (!words.isEmpty()) {
        read.add(section, words, byDefault);
      }
    }
    return read;
  }

  /** Split at spaces that no backslash precedes; a word that begins with # ends the line. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    for (String word : line.strip().split("(?<!\\\\)\\s+", -1)) {
      if (word.startsWith("#")) {
        break;
      }
      if (!word.isEmpty()) {
        words.add(word.replace("\\ ", " "));
      }
    }
    return words;
  }

  private void add(String section, List<String> words, List<String> byDefault) {
    String pattern = words.getFirst();
    boolean sound =
        !pattern.startsWith("!") && !pattern.contains("[") && pattern.length() <= LONGEST_PATTERN;
    if (sound && rules < MOST_RULES) {
      rules++;
      List<String> named = words.subList(1, words.size());
      Rule rule = new Rule(new Scope(globs(pattern)), named.isEmpty() ? byDefault : owners(named));
      sections.computeIfAbsent(section, _ -> new ArrayList<>()).add(rule);
    }
  }

  private static List<String> owners(List<String> words) {
    return words.stream().filter(word -> OWNER.matcher(word).matches()).toList();
  }

  /** A folder owns what is below it; a pattern with a slash within begins at the root. */
  private static List<String> globs(String pattern) {
    String bare = pattern.replaceAll("^/+|/+$", "");
    boolean rooted = bare.contains("/") || pattern.startsWith("/");
    String from = rooted ? bare : "**/" + bare;
    if (bare.isEmpty() || pattern.endsWith("/") || from.endsWith("/**")) {
      return List.of((bare.isEmpty() ? "**" : from) + "/**/*");
    }
    boolean onlyHere = rooted && from.substring(from.lastIndexOf('/') + 1).equals("*");
    return onlyHere ? List.of(from) : List.of(from, from + "/**/*");
  }

  /** The owners of any of the files, each once, in the order of the files. */
  public List<String> of(Collection<String> paths) {
    Set<String> owners = new LinkedHashSet<>();
    for (String path : paths) {
      for (List<Rule> section : sections.values()) {
        last(section, path).ifPresent(rule -> owners.addAll(rule.owners()));
      }
    }
    return List.copyOf(owners);
  }

  private static Optional<Rule> last(List<Rule> section, String path) {
    return section.reversed().stream().filter(rule -> rule.files().allows(path)).findFirst();
  }
}
