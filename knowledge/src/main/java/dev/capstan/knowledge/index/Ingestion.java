package dev.capstan.knowledge.index;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.FileState;
import dev.capstan.knowledge.discovery.Discovery;
import dev.capstan.knowledge.discovery.Discovery.Found;
import dev.capstan.knowledge.index.ProjectIndex.Snapshot;
import dev.capstan.knowledge.parsing.Parsed;
import dev.capstan.knowledge.parsing.Parsers;
import dev.capstan.workspace.git.SourceTree;
import dev.capstan.workspace.git.SourceTree.Entry;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.MultiTerms;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One update: what the tree holds is put beside what the index holds. What was put in is committed
 * from time to time, so that after a kill it need not be parsed again; no view shows it before the
 * end.
 */
final class Ingestion implements AutoCloseable {
  private static final int COMMIT_AFTER = 500;

  private final IndexWriter writer;
  private final IndexReader before;
  private final Set<String> units;
  private final Map<String, FileRecord> byUnit = new HashMap<>();
  private final Map<String, FileRecord> unchanged = new HashMap<>();
  private final Map<String, Long> changed = new HashMap<>();
  private final Parsers parsers = new Parsers();
  private final Deque<Pending> pending = new ArrayDeque<>();
  private List<Entry> seen = List.of();
  private Optional<CommitId> head = Optional.empty();
  private int parsed;
  private int quarantined;

  /** Parsed beside others, put in after those that came before it. */
  private record Pending(FileRecord file, String text, Future<Parsed> parsed) {}

  Ingestion(IndexWriter writer, Snapshot snapshot, String view) throws IOException {
    this.writer = writer;
    this.before = snapshot.reader();
    before.incRef();
    this.units = units(before);
    Optional.ofNullable(snapshot.views().get(view)).ifPresent(this::know);
  }

  /** What was found out about a content holds while that is the same, also that it is left out. */
  private void know(View old) {
    for (FileRecord file : old.files()) {
      String unit = Units.of(file);
      boolean holds = file.state().isFindable() ? units.contains(unit) : isKnownByContent(file);
      if (holds) {
        byUnit.put(unit, file);
        Optional.ofNullable(old.changed().get(file.path()))
            .ifPresent(time -> unchanged.put(state(file.path(), file.size(), time), file));
      }
    }
  }

  private static boolean isKnownByContent(FileRecord file) {
    return !file.blob().isEmpty() && !(file.state() instanceof FileState.Failed);
  }

  private static String state(String path, long size, long changed) {
    return size + " " + changed + ' ' + path;
  }

  private static Set<String> units(IndexReader reader) throws IOException {
    Set<String> units = new HashSet<>();
    Terms terms = MultiTerms.getTerms(reader, Fields.UNIT);
    if (terms == null) {
      return units;
    }
    TermsEnum each = terms.iterator();
    for (BytesRef unit = each.next(); unit != null; unit = each.next()) {
      units.add(unit.utf8ToString());
    }
    return units;
  }

  List<FileRecord> files(SourceTree tree, Progress progress)
      throws IOException, InterruptedException {
    head = tree.head();
    Discovery discovery = Discovery.of(tree);
    seen = discovery.entries();
    changed.clear();
    List<FileRecord> files = new ArrayList<>();
    int total = discovery.entries().size();
    try {
      for (Entry entry : discovery.entries()) {
        if (!progress.goesOn(files.size(), total)) {
          throw new CancellationException(
              "indexing was cancelled after " + files.size() + " files");
        }
        FileRecord file = file(discovery, entry);
        files.add(file);
        if (entry.changed() != 0) {
          changed.put(entry.path(), entry.changed());
          unchanged.put(state(entry.path(), entry.size(), entry.changed()), file);
        }
      }
    } finally {
      putPending(0);
    }
    progress.goesOn(total, total);
    return files;
  }

  /**
   * When the files that {@link #files} gave changed last, by their paths, as far as it is known.
   */
  Map<String, Long> changed() {
    return changed;
  }

  /**
   * True if the tree has become another one since {@link #files} began, as by a switch of branches:
   * some files may be of one and the rules for them of the other.
   */
  boolean isOutdated(SourceTree tree) {
    Map<String, Entry> now = new HashMap<>();
    tree.entries().forEach(entry -> now.put(entry.path(), entry));
    return !head.equals(tree.head())
        || now.size() != seen.size()
        || !seen.stream().allMatch(entry -> isSame(entry, now.get(entry.path())));
  }

  /** By what the listing says; where it knows no time, by the rest. */
  private static boolean isSame(Entry before, @Nullable Entry now) {
    return now != null
        && before.kind() == now.kind()
        && before.size() == now.size()
        && (before.changed() == now.changed() || before.changed() == 0 || now.changed() == 0);
  }

  private FileRecord file(Discovery discovery, Entry entry)
      throws IOException, InterruptedException {
    Optional<FileRecord> byName = discovery.byName(entry);
    if (byName.isPresent()) {
      return byName.get();
    }
    Optional<FileRecord> known = known(entry);
    if (known.isPresent()) {
      return known.get();
    }
    return switch (discovery.byContent(entry)) {
      case Found.Settled settled -> settled.file();
      case Found.Text found -> put(found.file(), found.text());
    };
  }

  private Optional<FileRecord> known(Entry entry) throws IOException {
    if (entry.blob().isEmpty()) {
      return Optional.ofNullable(unchanged.get(state(entry.path(), entry.size(), entry.changed())));
    }
    String unit = Units.of(entry.path(), entry.blob());
    Optional<FileRecord> here = Optional.ofNullable(byUnit.get(unit));
    return here.isEmpty() && units.contains(unit) ? stored(unit) : here;
  }

  private Optional<FileRecord> stored(String unit) throws IOException {
    IndexSearcher searcher = new IndexSearcher(before);
    TopDocs found =
        searcher.search(
            new BooleanQuery.Builder()
                .add(new TermQuery(new Term(Fields.UNIT, unit)), BooleanClause.Occur.FILTER)
                .add(new TermQuery(new Term(Fields.KIND, Fields.FILE)), BooleanClause.Occur.FILTER)
                .build(),
            1);
    if (found.scoreDocs.length == 0) {
      return Optional.empty();
    }
    BytesRef row =
        searcher
            .storedFields()
            .document(found.scoreDocs[0].doc, Set.of(Fields.RECORD))
            .getBinaryValue(Fields.RECORD);
    return Optional.of(FileRow.read(BytesRef.deepCopyOf(row).bytes));
  }

  private FileRecord put(FileRecord file, String text) throws IOException, InterruptedException {
    if (units.add(Units.of(file))) {
      pending.add(new Pending(file, text, parsers.parse(file.language(), text)));
      putPending(parsers.atOnce());
    }
    return file;
  }

  private void putPending(int most) throws IOException, InterruptedException {
    while (pending.size() > most) {
      Pending next = pending.remove();
      put(next, parsed(next.parsed()));
    }
  }

  private static Parsed parsed(Future<Parsed> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException failure) {
      throw new IllegalStateException("a file can't be parsed", failure.getCause());
    }
  }

  /** In one step, so that a kill leaves all of a file or nothing. */
  private void put(Pending file, Parsed content) throws IOException {
    parsed++;
    quarantined += content.note().isEmpty() ? 0 : 1;
    writer.updateDocuments(
        new Term(Fields.UNIT, Units.of(file.file())),
        Fields.documents(file.file(), file.text(), content));
    if (parsed % COMMIT_AFTER == 0) {
      writer.commit();
    }
  }

  /** Deletes what no view has; gives how many contents that were. */
  int removeUnused(Collection<View> views) throws IOException {
    views.forEach(view -> units.removeAll(view.units()));
    writer.deleteDocuments(
        units.stream().map(unit -> new Term(Fields.UNIT, unit)).toArray(Term[]::new));
    return units.size();
  }

  /**
   * True if {@link #removeUnused} deleted contents of files that have opted out since. A deleted
   * document stays on the disk until its segment is written anew, which must not wait then.
   */
  boolean hasRemovedOptedOut(View view) {
    Set<String> removed = units.stream().map(Units::path).collect(Collectors.toSet());
    return view.files().stream()
        .filter(file -> file.state() instanceof FileState.OptedOut)
        .anyMatch(file -> removed.contains(file.path()));
  }

  Update outcome(View view, int removed) {
    return new Update(
        view.name(), view.commit(), view.files().size(), parsed, quarantined, removed);
  }

  @Override
  public void close() throws IOException {
    parsers.close();
    before.decRef();
  }
}
