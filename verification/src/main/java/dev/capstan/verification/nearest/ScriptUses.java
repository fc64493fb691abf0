package dev.capstan.verification.nearest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.HashSet;
import java.util.Set;

/**
 * JavaScript and TypeScript: a file is known by its place without the ending, and an index by its
 * folder too. A {@code package.json} stands for its folder and name, and asks for its main file.
 */
final class ScriptUses implements Uses {
  private static final Set<String> ENDINGS =
      Set.of("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "cts", "json");
  private static final Pattern ASKED =
      Pattern.compile(
          "(?:\\brequire(?:\\.resolve)?\\s*\\(|\\bimport\\s*\\(|\\bfrom\\s|\\bimport\\s|\\bmock\\s*\\()\\s*[\"'`]([^\"'`\\n]{1,300})[\"'`]");
  private static final Pattern ENTRY =
      Pattern.compile(
          "\"(?:main|module|import|require|default|browser)\"\\s*:\\s*\"([^\"\\n]{1,300})\"");
  private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"\\n]{1,200})\"");
  private static final String MANIFEST = "package.json";

  @Override
  public boolean reads(String path) {
    return ENDINGS.contains(Paths.ending(path))
        && (!path.endsWith(".json") || Paths.name(path).equals(MANIFEST));
  }

  @Override
  public Set<String> provides(String path, String text) {
    Set<String> keys = new HashSet<>();
    if (Paths.name(path).equals(MANIFEST)) {
      keys.add("/" + Paths.folder(path));
      Matcher name = NAME.matcher(text);
      if (name.find()) {
        keys.add(name.group(1));
      }
      return keys;
    }
    String place = Paths.withoutEnding(path);
    keys.add("/" + place);
    if (Paths.name(place).equals("index")) {
      keys.add("/" + Paths.folder(place));
    }
    return keys;
  }

  @Override
  public Set<String> asks(String path, String text) {
    return Paths.name(path).equals(MANIFEST) ? entries(path, text) : imports(path, text);
  }

  private static Set<String> entries(String path, String text) {
    Set<String> keys = new HashSet<>(Set.of("/" + Paths.join(Paths.folder(path), "index")));
    Matcher entry = ENTRY.matcher(text);
    while (entry.find()) {
      addPlace(Paths.folder(path), entry.group(1), keys);
    }
    return keys;
  }

  private static Set<String> imports(String path, String text) {
    Set<String> keys = new HashSet<>();
    Matcher asked = ASKED.matcher(text);
    while (asked.find()) {
      String what = asked.group(1);
      if (what.startsWith(".")) {
        addPlace(Paths.folder(path), what, keys);
      } else {
        keys.add(what);
      }
    }
    return keys;
  }

  /** TypeScript is asked for by the name of what it becomes, also below {@code dist}. */
  private static void addPlace(String folder, String relative, Set<String> keys) {
    Paths.resolve(folder, relative)
        .ifPresent(place -> {
          keys.add("/" + place);
          String plain = ENDINGS.contains(Paths.ending(place)) ? Paths.withoutEnding(place) : place;
          keys.add("/" + plain);
          keys.add("/" + plain.replaceFirst("(^|/)(?:dist|lib|build)/", "$1src/"));
        });
  }
}
