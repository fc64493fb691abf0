package dev.capstan.verification.mutation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What some tests may test: the classes of main code whose names stand in them, or in such a class,
 * and so on. Comments and texts count too, so rather too many are found than too few; what is only
 * reached by reflection is not found.
 *
 * @param classes in the order they were found
 * @param complete false if there are more than {@value #MOST}, some in another module than the
 *     tests, or tests of several modules
 */
public record TestedClasses(List<SourceClass> classes, boolean complete) {
  /** More of them are too much to mutate for one change. */
  public static final int MOST = 200;

  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  public TestedClasses {
    classes = List.copyOf(classes);
  }

  /**
   * Looks for them.
   *
   * @param tests paths of Java files
   * @param paths every path of the commit
   * @param text of a path of the commit
   */
  public static TestedClasses of(
      Collection<String> tests, Collection<String> paths, Function<String, Optional<String>> text) {
    Map<String, List<String>> bySimpleName = new HashMap<>();
    paths.stream()
        .filter(SourceClass::isMainCode)
        .forEach(path ->
            bySimpleName
                .computeIfAbsent(SourceClass.simpleName(path), _ -> new ArrayList<>())
                .add(path));
    Search search = new Search(bySimpleName, text);
    tests.forEach(search::read);
    return search.found(modules(tests));
  }

  private static Set<String> modules(Collection<String> tests) {
    Set<String> modules = new HashSet<>();
    tests.forEach(path -> modules.add(SourceClass.moduleOf(path)));
    return modules;
  }

  private static final class Search {
    private final Map<String, List<String>> bySimpleName;
    private final Function<String, Optional<String>> text;
    private final Map<String, Optional<SourceClass>> found = new LinkedHashMap<>();
    private final Deque<String> unread = new ArrayDeque<>();

    Search(Map<String, List<String>> bySimpleName, Function<String, Optional<String>> text) {
      this.bySimpleName = bySimpleName;
      this.text = text;
    }

    void read(String path) {
      text.apply(path).ifPresent(this::note);
      while (!unread.isEmpty() && found.size() <= MOST) {
        String next = unread.removeFirst();
        Optional<String> source = text.apply(next);
        found.put(next, source.flatMap(words -> SourceClass.of(next, words)));
        source.ifPresent(this::note);
      }
    }

    private void note(String source) {
      Matcher words = WORD.matcher(source);
      while (words.find()) {
        for (String path : bySimpleName.getOrDefault(words.group(), List.of())) {
          if (found.size() <= MOST && found.putIfAbsent(path, Optional.empty()) == null) {
            unread.addLast(path);
          }
        }
      }
    }

    TestedClasses found(Set<String> modules) {
      List<SourceClass> classes = found.values().stream().flatMap(Optional::stream).toList();
      List<SourceClass> own =
          classes.stream().filter(one -> modules.contains(one.module())).limit(MOST).toList();
      boolean all = found.size() <= MOST && own.size() == found.size();
      return new TestedClasses(own, all && modules.size() == 1);
    }
  }
}
