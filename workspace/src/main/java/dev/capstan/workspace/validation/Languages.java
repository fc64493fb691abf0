package dev.capstan.workspace.validation;

import dev.capstan.workspace.validation.Validated.Language;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Languages by the ends of file names. */
final class Languages {
  private static final Map<String, String> BY_END =
      Map.ofEntries(
          Map.entry("java", "Java"),
          Map.entry("kt", "Kotlin"),
          Map.entry("kts", "Kotlin"),
          Map.entry("groovy", "Groovy"),
          Map.entry("scala", "Scala"),
          Map.entry("js", "JavaScript"),
          Map.entry("mjs", "JavaScript"),
          Map.entry("cjs", "JavaScript"),
          Map.entry("jsx", "JavaScript"),
          Map.entry("ts", "TypeScript"),
          Map.entry("tsx", "TypeScript"),
          Map.entry("mts", "TypeScript"),
          Map.entry("py", "Python"),
          Map.entry("go", "Go"),
          Map.entry("rs", "Rust"),
          Map.entry("c", "C"),
          Map.entry("h", "C"),
          Map.entry("cc", "C++"),
          Map.entry("cpp", "C++"),
          Map.entry("hpp", "C++"),
          Map.entry("cs", "C#"),
          Map.entry("rb", "Ruby"),
          Map.entry("php", "PHP"),
          Map.entry("swift", "Swift"),
          Map.entry("sh", "Shell"),
          Map.entry("sql", "SQL"));

  private Languages() {}

  /** Those of the paths, the one with the most files first. */
  static List<Language> of(List<String> paths) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String path : paths) {
      String name = BY_END.get(path.substring(path.lastIndexOf('.') + 1));
      if (name != null) {
        counts.merge(name, 1, Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(entry -> new Language(entry.getKey(), entry.getValue()))
        .sorted(Comparator.comparingInt(Language::files).reversed())
        .toList();
  }
}
