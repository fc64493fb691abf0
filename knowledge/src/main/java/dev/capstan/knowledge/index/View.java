package dev.capstan.knowledge.index;

import dev.capstan.knowledge.Coverage;
import dev.capstan.knowledge.FileRecord;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.lucene.search.Query;

/** One branch or work tree as it was indexed last; what several have in common is stored once. */
public final class View {
  private final String name;
  private final String commit;
  private final Instant at;
  private final List<FileRecord> files;
  private final Set<String> units;
  private final Query filter;

  /** {@code commit} is "" for a work tree, which may hold what no commit does. */
  View(String name, String commit, Instant at, List<FileRecord> files) {
    this.name = name;
    this.commit = commit;
    this.at = at;
    this.files = List.copyOf(files);
    this.units =
        files.stream()
            .filter(file -> file.state().isFindable())
            .map(Units::of)
            .collect(Collectors.toUnmodifiableSet());
    this.filter = Units.filter(units);
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

  public Coverage coverage() {
    return new Coverage(files);
  }

  Set<String> units() {
    return units;
  }

  Query filter() {
    return filter;
  }
}
