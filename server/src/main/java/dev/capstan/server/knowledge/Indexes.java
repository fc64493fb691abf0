package dev.capstan.server.knowledge;

import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.graph.GraphStore;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.View;
import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorStores;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
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
  private final Optional<VectorStores> vectors;
  private final Optional<GraphStore> graphStore;
  private final ExecutorService exports =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("graph-export").factory());
  private final Semaphore free = new Semaphore(AT_ONCE, true);
  private final Semaphore embedding = new Semaphore(AT_ONCE, true);
  private final Map<ProjectId, ProjectIndex> open = new HashMap<>();
  private final Map<ProjectId, Graphs> graphs = new HashMap<>();
  private final Map<ProjectId, Indexing> indexings = new HashMap<>();
  private boolean closed;

  /**
   * Makes the folder when it is needed.
   *
   * @param embedder asked for when an index is opened; empty to find by words alone
   * @param vectors where vectors are kept, the caller's to close; empty for the folders
   * @param graphStore where graphs are kept, the caller's to close; empty for memory alone
   */
  public Indexes(
      Path folder,
      Supplier<Optional<Embedder>> embedder,
      Optional<VectorStores> vectors,
      Optional<GraphStore> graphStore) {
    this.graphStore = graphStore;
    this.folder = folder;
    this.embedder = embedder;
    this.vectors = vectors;
  }

  /** Empty if nothing of the project was ever indexed here. */
  public synchronized Optional<ProjectIndex> find(ProjectId project) {
    boolean known = open.containsKey(project) || Files.isDirectory(place(project));
    return known ? Optional.of(opened(project)) : Optional.empty();
  }

  /** Its graphs; empty if nothing of the project was ever indexed here. */
  public Optional<Graphs> findGraphs(ProjectId project) {
    return find(project).map(_ -> graphs(project));
  }

  /** The graphs of a project that {@link #find} finds. */
  public synchronized Graphs graphs(ProjectId project) {
    return graphs.computeIfAbsent(
        project, id -> new Graphs(opened(id), id.value(), graphStore, exports));
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
      run(project, index, wanted, tree, next);
    });
    return Optional.of(next);
  }

  private void run(
      ProjectId project,
      ProjectIndex index,
      Wanted wanted,
      Supplier<SourceTree> tree,
      Indexing indexing) {
    try {
      free.acquire();
      try (SourceTree files = tree.get()) {
        indexing.found(index.update(wanted, files, indexing));
      } finally {
        free.release();
      }
      if (graphStore.isPresent()) {
        graphs(project).of(wanted.view());
      }
      embed(index, indexing);
    } catch (InterruptedException | RuntimeException failure) {
      indexing.ended(failure);
      LOG.atInfo().setCause(failure).log("indexing {} ended early", wanted.view());
    }
  }

  /**
   * Makes up for vectors that could not be kept when the project was indexed last; false if none
   * are missing for that reason, or if it is being indexed.
   */
  synchronized boolean resume(ProjectId project) {
    Indexing last = indexings.get(project);
    if (last == null || !last.lacksVectors()) {
      return false;
    }
    ProjectIndex index = opened(project);
    last.resume(() -> {
      try {
        embed(index, last);
      } catch (InterruptedException | RuntimeException failure) {
        last.ended(failure);
        LOG.atInfo().setCause(failure).log("the vectors of {} are not complete", project);
      }
    });
    return true;
  }

  /** What was left over before is made up for, too. */
  private void embed(ProjectIndex index, Indexing indexing) throws InterruptedException {
    embedding.acquire();
    try {
      for (View view : index.views()) {
        index.embed(view.name(), indexing);
      }
      indexing.done();
    } catch (VectorsUnavailable outage) {
      indexing.doneWithoutVectors(outage);
      LOG.atWarn().setCause(outage).log("code is found by its words alone for the time being");
    } finally {
      embedding.release();
    }
  }

  private ProjectIndex opened(ProjectId project) {
    if (closed) {
      throw new IllegalStateException("the server is ending");
    }
    return open.computeIfAbsent(
        project, id -> ProjectIndex.open(place(id), embedder.get(), store(id)));
  }

  private Optional<VectorStore> store(ProjectId project) {
    return embedder
        .get()
        .flatMap(model -> vectors.map(stores -> stores.of(project.value(), model.model())));
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
    exports.close();
    open.values().forEach(ProjectIndex::close);
  }
}
