package dev.capstan.verification.frozen;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Scripts that a project's own tests are started by: those that the recipe of {@code make test} or
 * a script of package.json names. Whoever may change them says what "all passed" means.
 */
final class TestScripts {
  private static final List<String> MAKE_FILES = List.of("GNUmakefile", "makefile", "Makefile");
  private static final Pattern TARGET =
      Pattern.compile("^[\\w .-]*\\b(?:test|check|verify|coverage|lint)[\\w.-]*[\\w .-]*:(?!=).*");
  private static final Pattern NPM_SCRIPT =
      Pattern.compile("\"(?:pre|post)?(?:test|check|verify|coverage|lint|ci)[\\w:.-]*\"\\s*:.*");
  private static final Pattern FILE =
      Pattern.compile("[\\w./-]{1,200}\\.(?:sh|bash|py|rb|pl|[cm]?js|ts|mk)\\b");
  private static final Pattern PRODUCT = Pattern.compile("(?:.*/)?(?:src|lib|app|main)/.*");

  private TestScripts() {}

  /** Those among the paths of the base commit. */
  static Set<String> of(Collection<String> base, Function<String, Optional<String>> text) {
    Set<String> found = new HashSet<>();
    MAKE_FILES.stream()
        .filter(base::contains)
        .findFirst()
        .flatMap(text)
        .ifPresent(recipes -> addRecipes(recipes, found));
    if (base.contains("package.json")) {
      text.apply("package.json").ifPresent(json -> addScripts(json, found));
    }
    found.removeIf(path -> !base.contains(path) || PRODUCT.matcher(path).matches());
    return found;
  }

  private static void addRecipes(String makefile, Set<String> found) {
    boolean inRecipe = false;
    for (String line : (Iterable<String>) makefile.lines()::iterator) {
      if (line.startsWith("\t")) {
        addFiles(inRecipe ? line : "", found);
      } else if (!line.isBlank()) {
        inRecipe = line.length() < 1_000 && TARGET.matcher(line).matches();
      }
    }
  }

  private static void addScripts(String json, Set<String> found) {
    json.lines()
        .map(String::strip)
        .filter(line -> line.length() < 10_000 && NPM_SCRIPT.matcher(line).matches())
        .forEach(line -> addFiles(line, found));
  }

  private static void addFiles(String line, Set<String> found) {
    FILE.matcher(line)
        .results()
        .map(match -> match.group())
        .map(file -> file.startsWith("./") ? file.substring(2) : file)
        .forEach(found::add);
  }
}
