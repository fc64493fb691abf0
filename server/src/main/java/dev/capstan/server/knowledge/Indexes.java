package dev.capstan.server.knowledge;

import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.View;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for each project's index, opened when it is first asked for. Each server has its own,
 * made from the mirrors. Safe for many threads.
 */
public final class Indexes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Indexes.class);

  /** Parsing keeps a core busy. */
  private static final int AT_ONCE = 1;

  private final Path folder;
  private final Supplier<Optional<Embedder>> embedder;
  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private final Semaphore embedding = new Semaphore(AT_ONCE, true);
  private final Map<ProjectId, ProjectIndex> open = new HashMap<>();
  private final Map<ProjectId, Graphs> graphs = new HashMap<>();
  private final Map<ProjectId, Indexing> indexings = new HashMap<>();
  private boolean closed;

  /**
   * Makes the folder when it is needed.
   *
   * @param embedder asked for once, when the first index is opened; empty to find by words alone
   */
  public Indexes(Path folder, Supplier<Optional<Embedder>> embedder) {
    this.folder = folder;
    this.embedder = new Once<>(embedder);
  }

  /** Empty if nothing of the project was ever indexed here. */
  public synchronized Optional<ProjectIndex> find(ProjectId project) {
    boolean known = open.containsKey(project) || Files.isDirectory(place(project));
    return known ? Optional.of(opened(project)) : Optional.empty();
  }

  /** The graphs of a project that {@link #find} finds. */
  public synchronized Graphs graphs(ProjectId project) {
    return graphs.computeIfAbsent(project, id -> new Graphs(opened(id)));
  }

  /** Those that somebody has asked for since this server was started. */
  synchronized List<ProjectId> opened() {
    return open.keySet().stream().sorted().toList();
  }

  /** The last one since this server was started. */
  public synchronized Optional<Indexing> indexing(ProjectId project) {
    return Optional.ofNullable(indexings.get(project));
  }

  /** Begins in the background; empty if one is under way. */
  public synchronized Optional<Indexing> begin(
      ProjectId project, Wanted wanted, Supplier<SourceTree> tree) {
    Indexing last = indexings.get(project);
    if (last != null && last.isRunning()) {
      return Optional.empty();
    }
    Indexing next = new Indexing();
    indexings.put(project, next);
    ProjectIndex index = opened(project);
    next.start(() -> {
      Optional.ofNullable(last).ifPresent(Indexing::end);
      run(index, wanted, tree, next);
    });
    return Optional.of(next);
  }

  private void run(
      ProjectIndex index, Wanted wanted, Supplier<SourceTree> tree, Indexing indexing) {
    try {
      free.acquire();
      try (SourceTree files = tree.get()) {
        indexing.found(index.update(wanted, files, indexing));
      } finally {
        free.release();
      }
      embed(index, indexing);
      indexing.done();
    } catch (InterruptedException | RuntimeException failure) {
      indexing.ended(failure);
      LOG.atInfo().setCause(failure).log("indexing {} ended early", wanted.view());
    }
  }

  /** What was left over before is made up for, too. */
  private void embed(ProjectIndex index, Indexing indexing) throws InterruptedException {
    embedding.acquire();
    try {
      for (View view : index.views()) {
        index.embed(view.name(), indexing);
      }
    } finally {
      embedding.release();
    }
  }

  private ProjectIndex opened(ProjectId project) {
    if (closed) {
      throw new IllegalStateException("the server is ending");
    }
    return open.computeIfAbsent(project, id -> ProjectIndex.open(place(id), embedder.get()));
  }

  private Path place(ProjectId project) {
    return folder.resolve(project.value());
  }

  /** What is under way is cancelled, and goes on from there when it is asked for again. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      indexings.values().forEach(Indexing::cancel);
    }
    indexings.values().forEach(Indexing::await);
    open.values().forEach(ProjectIndex::close);
    if (!open.isEmpty()) {
      embedder.get().ifPresent(Embedder::close);
    }
  }

  private static final class Once<T> implements Supplier<T> {
    private final Supplier<T> maker;
    private @Nullable T made;

    Once(Supplier<T> maker) {
      this.maker = maker;
    }

    @Override
    public synchronized T get() {
      T known = made == null ? maker.get() : made;
      made = known;
      return known;
    }
  }
}
