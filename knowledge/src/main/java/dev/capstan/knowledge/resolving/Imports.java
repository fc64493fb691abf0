package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.resolving.SymbolTable.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds the files of the tree that an import names; none if it names something outside. */
final class Imports {
  private static final Pattern QUOTED = Pattern.compile("[\"'<]([^\"'>]{1,200})[\"'>]");
  private static final Pattern FROM =
      Pattern.compile("from\\s+(\\.*)([\\w.]*)\\s+import\\s+\\(?([\\s\\S]*?)\\)?");
  private static final Pattern USE = Pattern.compile("(?:crate|super|self)((?:::\\w+)+)");

  private final String path;
  private final Language language;
  private final Lookups lookups;

  Imports(String path, Language language, Lookups lookups) {
    this.path = path;
    this.language = language;
    this.lookups = lookups;
  }

  List<Target> files(String text) {
    return switch (language) {
      case PYTHON -> python(text);
      case TYPESCRIPT, TSX, JAVASCRIPT -> script(quoted(text));
      case GO -> inFolder(quoted(text));
      case C, CPP -> atEnd(quoted(text), List.of(""));
      case RUST -> rust(text);
      case KOTLIN -> kotlin(text);
      case JAVA, MARKDOWN, TEXT -> List.of();
    };
  }

  private static String quoted(String text) {
    Matcher matcher = QUOTED.matcher(text);
    return matcher.find() ? matcher.group(1) : "";
  }

  private List<Target> python(String text) {
    Matcher from = FROM.matcher(text);
    if (!from.matches()) {
      String[] modules = text.replaceFirst("^import\\s+", "").split(",", -1);
      return Arrays.stream(modules)
          .map(module -> module.strip().split("\\s", 2)[0].replace('.', '/'))
          .flatMap(module -> modules(module).stream())
          .distinct()
          .toList();
    }
    String module = from.group(2).replace('.', '/');
    String base = from.group(1).isEmpty() ? "" : above(from.group(1).length());
    String whole = joined(base, module);
    List<Target> found = new ArrayList<>();
    for (String name : from.group(3).split("[,\\s]+", -1)) {
      found.addAll(exact(from.group(1).isEmpty(), joined(whole, name)));
    }
    found.addAll(exact(from.group(1).isEmpty(), whole));
    return found.stream().distinct().toList();
  }

  private static String joined(String base, String more) {
    return base.isEmpty() || more.isEmpty() ? base + more : base + '/' + more;
  }

  private String above(int dots) {
    String folder = path;
    for (int i = 0; i < dots; i++) {
      int slash = folder.lastIndexOf('/');
      folder = slash < 0 ? "" : folder.substring(0, slash);
    }
    return folder;
  }

  private List<Target> exact(boolean anywhere, String module) {
    return anywhere ? modules(module) : at(module, List.of(".py", "/__init__.py", ".pyi"));
  }

  private List<Target> modules(String module) {
    return atEnd(module, List.of(".py", "/__init__.py", ".pyi"));
  }

  private List<Target> script(String wanted) {
    if (!wanted.startsWith(".")) {
      return List.of();
    }
    Path folder = Path.of("/" + path).resolveSibling(wanted).normalize();
    String plain =
        folder.toString().substring(1).replace('\\', '/').replaceFirst("\\.[cm]?jsx?$", "");
    return at(
        plain,
        List.of(
            "",
            ".ts",
            ".tsx",
            ".mts",
            ".js",
            ".jsx",
            ".mjs",
            ".cjs",
            "/index.ts",
            "/index.tsx",
            "/index.js"));
  }

  private List<Target> at(String wanted, List<String> endings) {
    return endings.stream()
        .flatMap(ending -> candidates(wanted + ending).filter(each -> each.equals(wanted + ending)))
        .distinct()
        .map(each -> new Target(each, Target.FILE))
        .limit(1)
        .toList();
  }

  private List<Target> atEnd(String wanted, List<String> endings) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    return endings.stream()
        .flatMap(ending ->
            candidates(wanted + ending)
                .filter(
                    each -> each.equals(wanted + ending) || each.endsWith('/' + wanted + ending)))
        .distinct()
        .map(each -> new Target(each, Target.FILE))
        .toList();
  }

  private Stream<String> candidates(String wanted) {
    return lookups.files(SymbolTable.baseName(wanted)).stream().map(Location::path);
  }

  /** A package of Go is a folder; its import begins with the name of the module. */
  private List<Target> inFolder(String wanted) {
    String last = wanted.substring(wanted.lastIndexOf('/') + 1);
    return lookups.folder(last).stream()
        .filter(each -> each.language() == Language.GO)
        .map(Location::path)
        .filter(each -> {
          String folder = each.substring(0, Math.max(0, each.lastIndexOf('/')));
          return !folder.isEmpty() && (wanted.equals(folder) || wanted.endsWith('/' + folder));
        })
        .map(each -> new Target(each, Target.FILE))
        .toList();
  }

  private List<Target> rust(String text) {
    Matcher use = USE.matcher(text);
    if (!use.find()) {
      return List.of();
    }
    String module = use.group(1).substring(2).replace("::", "/");
    while (!module.isEmpty()) {
      List<Target> found = atEnd(module, List.of(".rs", "/mod.rs"));
      if (!found.isEmpty()) {
        return found;
      }
      module = module.contains("/") ? module.substring(0, module.lastIndexOf('/')) : "";
    }
    return List.of();
  }

  private List<Target> kotlin(String text) {
    String name = text.replaceFirst("^import\\s+", "").split("\\s", 2)[0].replace('.', '/');
    int slash = name.lastIndexOf('/');
    String folder = slash < 0 ? "" : name.substring(0, slash);
    return lookups.named(name.substring(slash + 1)).stream()
        .filter(each -> Resolution.speak(each.language(), Language.KOTLIN))
        .map(each -> each.target().path())
        .filter(each -> ('/' + each).contains('/' + folder + '/'))
        .distinct()
        .map(each -> new Target(each, Target.FILE))
        .toList();
  }
}
