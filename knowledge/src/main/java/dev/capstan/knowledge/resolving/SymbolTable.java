package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.parsing.ParsedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the files of a tree declare, by name. It is the same in whatever order files were put. For
 * one thread.
 */
public final class SymbolTable {
  private final Map<String, JavaUnit> units = new HashMap<>();
  final Shelf<JavaType> types = new Shelf<>("type");
  final Shelf<Target> packages = new Shelf<>("package");
  final Shelf<List<Named>> names = new Shelf<>("name");
  final Shelf<Location> files = new Shelf<>("file");
  final Shelf<Location> folders = new Shelf<>("folder");

  /** A symbol, where it is. */
  record Named(Target target, Language language, Symbol symbol) {}

  /** A file. */
  record Location(String path, Language language) {}

  /** A file that is not there already. */
  public void put(ParsedFile file) {
    String path = file.path();
    Location location = new Location(path, file.language());
    files.put(baseName(path), path, location);
    folders.put(folderName(path), path, location);
    Map<String, List<Named>> own = new HashMap<>();
    List<Symbol> symbols = file.parsed().symbols();
    for (int i = 0; i < symbols.size(); i++) {
      Symbol symbol = symbols.get(i);
      if (symbol.kind() != Kind.HEADING) {
        own.computeIfAbsent(symbol.name(), _ -> new ArrayList<>())
            .add(new Named(new Target(path, i), file.language(), symbol));
      }
    }
    own.forEach((name, named) -> names.put(name, path, List.copyOf(named)));
    if (file.language() == Language.JAVA) {
      putUnit(JavaUnit.of(path, file.parsed()));
    }
  }

  private void putUnit(JavaUnit unit) {
    units.put(unit.path(), unit);
    packages.put(unit.packageName(), unit.path(), new Target(unit.path(), Target.FILE));
    unit.byFullName().forEach((name, type) -> types.put(name, unit.path(), type));
  }

  public void remove(String path) {
    units.remove(path);
    types.remove(path);
    packages.remove(path);
    names.remove(path);
    files.remove(path);
    folders.remove(path);
  }

  /** All names under which something of a file is found. */
  public Set<String> keys(String path) {
    Set<String> keys = new HashSet<>();
    types.addKeys(path, keys);
    packages.addKeys(path, keys);
    names.addKeys(path, keys);
    files.addKeys(path, keys);
    folders.addKeys(path, keys);
    return keys;
  }

  Optional<JavaUnit> unit(String path) {
    return Optional.ofNullable(units.get(path));
  }

  private static String folderName(String path) {
    String folder = path.substring(0, Math.max(0, path.lastIndexOf('/')));
    return folder.substring(folder.lastIndexOf('/') + 1);
  }

  /** A file's name up to its first dot; that of its folder for what stands for a folder. */
  static String baseName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).split("\\.", 2)[0];
    int slash = path.lastIndexOf('/');
    boolean isFolder = name.equals("__init__") || name.equals("index") || name.equals("mod");
    return isFolder && slash > 0 ? baseName(path.substring(0, slash)) : name;
  }
}
