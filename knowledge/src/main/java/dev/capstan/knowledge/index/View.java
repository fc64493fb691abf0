package dev.capstan.knowledge.index;

import dev.capstan.core.Sha256;
import dev.capstan.knowledge.Coverage;
import dev.capstan.knowledge.FileRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.util.BytesRef;

/** One branch or work tree as it was indexed last; what several have in common is stored once. */
public final class View {
  private static final int HASH_DIGITS = 40;

  private final String name;
  private final String commit;
  private final Instant at;
  private final List<FileRecord> files;
  private final Map<String, Long> changed;
  private final Set<String> units;
  private final Map<String, FileRecord> findable;
  private final Query filter;
  private volatile String hash = "";

  /**
   * {@code commit} is "" for a work tree, which may hold what no commit does; {@code changed} says
   * of some of a work tree's files, by their paths, when they changed last ({@link
   * dev.capstan.workspace.git.SourceTree.Entry#changed}).
   */
  View(String name, String commit, Instant at, List<FileRecord> files, Map<String, Long> changed) {
    this.name = name;
    this.commit = commit;
    this.at = at;
    this.files = List.copyOf(files);
    this.changed = Map.copyOf(changed);
    this.findable =
        files.stream()
            .filter(file -> file.state().isFindable())
            .collect(Collectors.toUnmodifiableMap(FileRecord::path, file -> file));
    this.units = findable.values().stream().map(Units::of).collect(Collectors.toUnmodifiableSet());
    this.filter = new TermInSetQuery(Fields.UNIT, units.stream().map(BytesRef::new).toList());
  }

  public String name() {
    return name;
  }

  public String commit() {
    return commit;
  }

  /** When it was asked for. */
  public Instant at() {
    return at;
  }

  public List<FileRecord> files() {
    return files;
  }

  Map<String, Long> changed() {
    return changed;
  }

  /** Of the paths and contents of all files: the same for the same files. */
  public String hash() {
    String known = hash.isEmpty() ? computed() : hash;
    hash = known;
    return known;
  }

  private String computed() {
    StringBuilder all = new StringBuilder();
    for (FileRecord file : files) {
      all.append(file.path()).append('\0').append(file.blob()).append('\n');
    }
    return Sha256.hex(all.toString()).substring(0, HASH_DIGITS);
  }

  public Coverage coverage() {
    return new Coverage(files);
  }

  /** Empty where nothing of the file can be found. */
  Optional<FileRecord> findable(String path) {
    return Optional.ofNullable(findable.get(path));
  }

  Set<String> units() {
    return units;
  }

  /** What belongs to it. */
  Query filter() {
    return filter;
  }
}
