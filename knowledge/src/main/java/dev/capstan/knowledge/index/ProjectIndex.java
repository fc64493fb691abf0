package dev.capstan.knowledge.index;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.parsing.ParsedFile;
import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * A project's index on disk. One process has it open at a time, many threads may use it. A view
 * changes as a whole: who searches sees it as it was before or as it is after, never between.
 */
public final class ProjectIndex implements AutoCloseable {
  private static final int EMBEDDED_AT_ONCE = 20;

  /** A kill loses no more. */
  private static final int EMBEDDED_BEFORE_COMMIT = 200;

  /** Of a work tree that becomes another one while it is read. */
  private static final int MOST_READINGS = 3;

  private final Directory directory;
  private final IndexWriter writer;
  private final Views stored;
  private final CodeAnalyzer analyzer = new CodeAnalyzer();
  private final Optional<Meanings> meanings;
  private final ReentrantLock updating = new ReentrantLock();
  private volatile Snapshot current;

  /**
   * What is to be indexed.
   *
   * @param view the name of a branch, a commit, or whatever else tells it from others
   * @param commit "" for a work tree
   * @param at now
   */
  public record Wanted(String view, String commit, Instant at) {}

  /** What a search sees. */
  record Snapshot(DirectoryReader reader, Map<String, View> views) {}

  private ProjectIndex(Path folder, Optional<Embedder> embedder, Optional<VectorStore> vectors)
      throws IOException {
    this.stored = new Views(folder.resolve("views"));
    this.directory = FSDirectory.open(folder.resolve("text"));
    this.writer =
        new IndexWriter(
            directory,
            new IndexWriterConfig(analyzer)
                .setRAMBufferSizeMB(64)
                .setMergePolicy(new TieredMergePolicy().setForceMergeDeletesPctAllowed(0)));
    this.current = new Snapshot(DirectoryReader.open(writer), stored.all());
    this.meanings =
        embedder.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new Meanings(
                    embedder.get(),
                    vectors.isPresent()
                        ? vectors.get()
                        : new LuceneVectors(writer, embedder.get().model())));
  }

  /** Makes the folder if it is not there; finds by words alone. */
  public static ProjectIndex open(Path folder) {
    return open(folder, Optional.empty());
  }

  /** Makes the folder if it is not there; vectors are kept there, too. */
  public static ProjectIndex open(Path folder, Optional<Embedder> embedder) {
    return open(folder, embedder, Optional.empty());
  }

  /**
   * Makes the folder if it is not there.
   *
   * @param embedder which stays the caller's to close; empty to find by words alone
   * @param vectors where those of the embedder are kept, closed with the index; empty for the
   *     folder
   */
  public static ProjectIndex open(
      Path folder, Optional<Embedder> embedder, Optional<VectorStore> vectors) {
    try {
      return new ProjectIndex(folder, embedder, vectors);
    } catch (IOException failure) {
      throw new UncheckedIOException("the index in " + folder + " can't be opened", failure);
    }
  }

  public Optional<View> view(String name) {
    return Optional.ofNullable(current.views().get(name));
  }

  /** The one that was indexed last. */
  public Optional<View> newest() {
    return views().stream().max(Comparator.comparing(View::at));
  }

  public Collection<View> views() {
    return current.views().values();
  }

  /**
   * Makes the view what the tree holds. Only contents that no view has are parsed.
   *
   * @throws CancellationException if the progress ends it; the view is then as it was
   */
  public Update update(Wanted wanted, SourceTree tree, Progress progress)
      throws InterruptedException {
    updating.lockInterruptibly();
    try (Ingestion ingestion = new Ingestion(writer, current, wanted.view())) {
      View view =
          new View(
              wanted.view(),
              wanted.commit(),
              wanted.at(),
              files(ingestion, wanted, tree, progress),
              ingestion.changed());
      PastCommits.update(writer, current.reader(), wanted.view(), tree);
      stored.write(view);
      Map<String, View> views = new TreeMap<>(current.views());
      views.put(wanted.view(), view);
      show(views);
      int removed = ingestion.removeUnused(views.values());
      writer.commit();
      show(views);
      if (ingestion.hasRemovedOptedOut(view)) {
        eraseDeleted(views);
      }
      return ingestion.outcome(view, removed);
    } catch (IOException failure) {
      throw new UncheckedIOException("the index can't be written", failure);
    } finally {
      updating.unlock();
    }
  }

  /** Writes anew each segment that holds anything deleted, and removes those that were. */
  private void eraseDeleted(Map<String, View> views) throws IOException {
    writer.forceMergeDeletes();
    writer.commit();
    show(views);
    writer.deleteUnusedFiles();
  }

  /** However it ends, what was put in stays for the next time. */
  private List<FileRecord> files(
      Ingestion ingestion, Wanted wanted, SourceTree tree, Progress progress)
      throws IOException, InterruptedException {
    try {
      List<FileRecord> files = ingestion.files(tree, progress);
      boolean isWorkTree = wanted.commit().isEmpty();
      for (int i = 1; i < MOST_READINGS && isWorkTree && ingestion.isOutdated(tree); i++) {
        files = ingestion.files(tree, progress);
      }
      return files;
    } finally {
      writer.commit();
      show(current.views());
    }
  }

  /**
   * Gives the view's chunks vectors where they have none, some files at a time, so that they serve
   * at once and an update need not wait for long.
   *
   * @return how many files got theirs
   * @throws CancellationException if the progress ends it; what was done stays
   * @throws VectorsUnavailable if vectors are kept elsewhere, and not now; what was done stays
   */
  public int embed(String view, Progress progress) throws InterruptedException {
    int done = 0;
    for (List<String> some = missing(view); !some.isEmpty(); some = missing(view)) {
      for (int from = 0; from < some.size(); from += EMBEDDED_AT_ONCE) {
        if (!progress.goesOn(done, done + some.size() - from)) {
          commit();
          throw new CancellationException("embedding was cancelled after " + done + " files");
        }
        int to = Math.min(from + EMBEDDED_AT_ONCE, some.size());
        done += embedSome(view, some.subList(from, to), done);
      }
    }
    if (done > 0) {
      forgetUnused();
    }
    return done;
  }

  private void commit() {
    try {
      writer.commit();
    } catch (IOException failure) {
      throw new UncheckedIOException("the index can't be written", failure);
    }
  }

  private void forgetUnused() throws InterruptedException {
    updating.lockInterruptibly();
    try {
      meanings.orElseThrow().removeUnused(current.views().values());
      writer.commit();
      show(current.views());
    } catch (IOException failure) {
      throw new UncheckedIOException("the index can't be written", failure);
    } finally {
      updating.unlock();
    }
  }

  private List<String> missing(String name) {
    return read(
        name,
        List.of(),
        (_, view) -> meanings.isEmpty() ? List.of() : meanings.get().missing(view));
  }

  /** Those that have gone from the view since it was asked what is missing are left out. */
  private int embedSome(String view, List<String> missing, int before) throws InterruptedException {
    Meanings known = meanings.orElseThrow();
    updating.lockInterruptibly();
    try {
      Set<String> present = view(view).orElseThrow().units();
      List<String> units = missing.stream().filter(present::contains).toList();
      known.put(current.reader(), units);
      int after = before + units.size();
      if (after / EMBEDDED_BEFORE_COMMIT > before / EMBEDDED_BEFORE_COMMIT) {
        writer.commit();
      }
      show(current.views());
      return units.size();
    } catch (IOException failure) {
      throw new UncheckedIOException("the index can't be written", failure);
    } finally {
      updating.unlock();
    }
  }

  private void show(Map<String, View> views) throws IOException {
    Snapshot before = current;
    current = new Snapshot(DirectoryReader.open(writer), views);
    before.reader().decRef();
  }

  /** The best hits first; none if there is no such view. */
  public Answer search(Question question) {
    return read(
        question.view(),
        Answer.NONE,
        (searcher, view) -> new Search(searcher, analyzer, meanings, view, question).answer());
  }

  /** What was parsed of those files of a view that are asked for. */
  public List<ParsedFile> parsed(View view, Predicate<FileRecord> wanted) {
    return withSnapshot(snapshot -> {
      try {
        return ParsedFiles.read(snapshot.reader(), view, wanted);
      } catch (IOException failure) {
        throw new UncheckedIOException("the index can't be read", failure);
      }
    });
  }

  /** A file of a view as far as it can be found; empty if nothing of it can. */
  public Optional<FileContent> file(String view, String path) {
    return read(
        view, Optional.empty(), (searcher, known) -> new Contents(searcher, known).file(path));
  }

  /** How often the files of a view were changed, as far as its history is known. */
  public PastChanges changes(String view) {
    return read(
        view,
        new PastChanges(0, Map.of()),
        (searcher, known) -> PastCommits.changes(searcher, known.name()));
  }

  /**
   * Where something of that name is declared, code before tests, by path.
   *
   * @param name for example {@code renew} or {@code Lease.renew}; if nothing is called so, its case
   *     does not matter
   * @param most so many at most
   */
  public List<Declared> declarations(String view, String name, int most) {
    return read(
        view,
        List.of(),
        (searcher, known) -> new Contents(searcher, known).declarations(name, most));
  }

  /** Reads a view. */
  private interface Reading<T> {
    T of(IndexSearcher searcher, View view) throws IOException;
  }

  private <T> T read(String name, T otherwise, Reading<T> reading) {
    return withSnapshot(snapshot -> {
      View view = snapshot.views().get(name);
      try {
        return view == null ? otherwise : reading.of(new IndexSearcher(snapshot.reader()), view);
      } catch (IOException failure) {
        throw new UncheckedIOException("the index can't be read", failure);
      }
    });
  }

  private <T> T withSnapshot(Function<Snapshot, T> use) {
    Snapshot snapshot = current;
    while (!snapshot.reader().tryIncRef()) {
      snapshot = current;
    }
    try {
      return use.apply(snapshot);
    } finally {
      release(snapshot.reader());
    }
  }

  private static void release(DirectoryReader reader) {
    try {
      reader.decRef();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      meanings.ifPresent(Meanings::close);
      current.reader().close();
      writer.close();
      directory.close();
      analyzer.close();
    } catch (IOException failure) {
      throw new UncheckedIOException("the index can't be closed", failure);
    }
  }
}
