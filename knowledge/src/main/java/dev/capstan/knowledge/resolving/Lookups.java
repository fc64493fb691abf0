package dev.capstan.knowledge.resolving;

import dev.capstan.knowledge.resolving.SymbolTable.Location;
import dev.capstan.knowledge.resolving.SymbolTable.Named;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The table as one file uses it. It remembers all that was asked, also in vain: what the file's
 * links are follows from that and from the file, so they stay as they are while none of it changes.
 */
final class Lookups {
  private final SymbolTable table;
  private final String path;
  private final Set<String> asked = new HashSet<>();

  Lookups(SymbolTable table, String path) {
    this.table = table;
    this.path = path;
  }

  Set<String> asked() {
    return asked;
  }

  /** Of several, the one that is nearest in the tree of folders. */
  Optional<JavaType> type(String fullName) {
    return nearest(get(table.types, fullName));
  }

  /** The files of a package. */
  List<Target> inPackage(String name) {
    return List.copyOf(get(table.packages, name));
  }

  List<Named> named(String name) {
    return get(table.names, name).stream().flatMap(List::stream).toList();
  }

  Collection<Location> files(String baseName) {
    return get(table.files, baseName);
  }

  /** The files in folders of that name. */
  Collection<Location> folder(String name) {
    return get(table.folders, name);
  }

  private <V> Collection<V> get(Shelf<V> shelf, String name) {
    asked.add(shelf.key(name));
    return shelf.get(name);
  }

  private Optional<JavaType> nearest(Collection<JavaType> found) {
    JavaType best = null;
    int most = Integer.MIN_VALUE;
    for (JavaType each : found) {
      int common = common(each.unit().path());
      if (common > most) {
        most = common;
        best = each;
      }
    }
    return Optional.ofNullable(best);
  }

  private int common(String other) {
    int length = Math.min(path.length(), other.length());
    int same = 0;
    while (same < length && path.charAt(same) == other.charAt(same)) {
      same++;
    }
    return path.lastIndexOf('/', same);
  }
}
