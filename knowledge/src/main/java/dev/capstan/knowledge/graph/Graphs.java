package dev.capstan.knowledge.graph;

import dev.capstan.core.Sha256;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.FileState;
import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.View;
import dev.capstan.knowledge.parsing.ParsedCodec;
import dev.capstan.knowledge.parsing.ParsedFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The graphs of a project's views, made from what its index holds when they are first asked for,
 * and then kept current: only what changed in a view since is read and resolved again. Where there
 * is a store outside, each is written to it, and one that is there is not made again. Safe for many
 * threads.
 */
public final class Graphs {
  /** So many views at most are kept in memory. */
  private static final int MOST_KEPT = 2;

  private static final int ATTEMPTS = 3;

  /** To be raised when the same files give another graph. */
  private static final int RULES = 1;

  private static final Logger LOG = LoggerFactory.getLogger(Graphs.class);

  private final ProjectIndex index;
  private final String project;
  private final Optional<GraphStore> store;
  private final Executor exports;
  private final Map<String, Kept> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);
  private final Map<String, KeptReferences> references =
      new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

  /** A graph, and the blobs of the files that it was made of. */
  private record Kept(GraphBuilder builder, Map<String, String> blobs, CodeGraph graph) {
    static Kept nothing() {
      return new Kept(new GraphBuilder(), Map.of(), new EmbeddedGraph(List.of(), List.of()));
    }
  }

  /** References, and the blobs of the files that they are between. */
  private record KeptReferences(Map<String, String> blobs, References references) {}

  /** In memory alone. */
  public Graphs(ProjectIndex index) {
    this(index, "", Optional.empty(), Runnable::run);
  }

  /**
   * Also beyond this process.
   *
   * @param project under whose name graphs are kept there
   * @param store the caller's to close; while it is away graphs are in memory alone
   * @param exports where they are written to it, one after the other
   */
  public Graphs(ProjectIndex index, String project, Optional<GraphStore> store, Executor exports) {
    this.index = index;
    this.project = project;
    this.store = store;
    this.exports = exports;
  }

  /** What they are made from. */
  public ProjectIndex index() {
    return index;
  }

  /**
   * Of a view as it is now.
   *
   * @throws IllegalStateException if the view goes on changing while it is read
   */
  public synchronized CodeGraph of(String view) {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Optional<CodeGraph> graph = index.view(view).flatMap(this::current);
      if (graph.isPresent()) {
        return graph.get();
      }
      kept.remove(view);
    }
    throw new IllegalStateException("the view " + view + " is not there, or changes all the time");
  }

  /** Between the files of a view as it is now; throws as {@link #of}. */
  public synchronized References references(String view) {
    Map<String, String> blobs = index.view(view).map(Graphs::blobs).orElse(Map.of());
    KeptReferences last = references.get(view);
    if (last != null && last.blobs().equals(blobs)) {
      return last.references();
    }
    References now = References.of(of(view));
    references.put(view, new KeptReferences(blobs, now));
    if (references.size() > MOST_KEPT) {
      references.remove(references.keySet().iterator().next());
    }
    return now;
  }

  /** Empty if contents of the view went away meanwhile, since a later one has taken its place. */
  private Optional<CodeGraph> current(View view) {
    Map<String, String> blobs = blobs(view);
    Kept last = Optional.ofNullable(kept.get(view.name())).orElseGet(Kept::nothing);
    if (last.blobs().equals(blobs) && !blobs.isEmpty()) {
      return Optional.of(last.graph());
    }
    Optional<CodeGraph> stored = last.blobs().isEmpty() ? stored(view, blobs) : Optional.empty();
    return stored.isPresent() ? stored : made(view, blobs, last);
  }

  /** As it was kept before this process began, or before it had to make room in memory. */
  private Optional<CodeGraph> stored(View view, Map<String, String> blobs) {
    try {
      return store
          .flatMap(outside -> outside.find(project, view.name(), version(view, blobs)))
          .map(graph -> new StoredGraph(graph, () -> instead(view, blobs)));
    } catch (GraphUnavailable outage) {
      LOG.atWarn().setCause(outage).log("the graph of {} is made anew", project);
      return Optional.empty();
    }
  }

  private synchronized CodeGraph instead(View view, Map<String, String> blobs) {
    return made(view, blobs, Kept.nothing())
        .orElseThrow(() -> new IllegalStateException("the view " + view.name() + " has changed"));
  }

  /** Of all that a graph is made of. */
  private static String version(View view, Map<String, String> blobs) {
    StringBuilder all = new StringBuilder().append(RULES).append('.').append(ParsedCodec.VERSION);
    new TreeMap<>(blobs)
        .forEach((path, blob) -> all.append('\n').append(blob).append(' ').append(path));
    leftOut(view).forEach(sentence -> all.append("\n\n").append(sentence));
    return Sha256.hex(all.toString());
  }

  private Optional<CodeGraph> made(View view, Map<String, String> blobs, Kept last) {
    Set<String> removed = new HashSet<>(last.blobs().keySet());
    removed.removeAll(blobs.keySet());
    Set<String> other = new HashSet<>(blobs.keySet());
    other.removeIf(path -> Objects.equals(blobs.get(path), last.blobs().get(path)));
    Optional<List<ParsedFile>> changed = read(view, other);
    return changed
        .flatMap(files ->
            last.builder().update(files, removed, paths -> read(view, paths), leftOut(view)))
        .map(graph -> keep(view.name(), new Kept(last.builder(), blobs, graph)))
        .map(graph -> export(view, blobs, graph));
  }

  private CodeGraph export(View view, Map<String, String> blobs, CodeGraph graph) {
    store.ifPresent(outside ->
        exports.execute(() -> {
          try {
            outside.keep(project, view.name(), version(view, blobs), graph);
          } catch (GraphUnavailable outage) {
            LOG.atWarn().setCause(outage).log("the graph of {} is in memory alone", project);
          }
        }));
    return graph;
  }

  private CodeGraph keep(String view, Kept now) {
    kept.put(view, now);
    if (kept.size() > MOST_KEPT) {
      kept.remove(kept.keySet().iterator().next());
    }
    return now.graph();
  }

  private Optional<List<ParsedFile>> read(View view, Set<String> paths) {
    List<ParsedFile> files = index.parsed(view, file -> paths.contains(file.path()));
    return files.size() == paths.size() ? Optional.of(files) : Optional.empty();
  }

  private static Map<String, String> blobs(View view) {
    Map<String, String> blobs = new HashMap<>();
    for (FileRecord file : view.files()) {
      if (file.state().isFindable()) {
        blobs.put(file.path(), file.blob());
      }
    }
    return blobs;
  }

  /** Code that may refer to what is in the graph, and of which nothing is known. */
  private static List<String> leftOut(View view) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (FileRecord file : view.files()) {
      boolean isCode = file.language() != Language.TEXT && file.language() != Language.MARKDOWN;
      if (isCode && isMissed(file.state())) {
        counts.merge(file.state().word(), 1, Integer::sum);
      }
    }
    List<String> sentences = new ArrayList<>();
    counts.forEach((state, count) ->
        sentences.add(count + " files of code are " + state + ": what they call is not known"));
    return sentences;
  }

  private static boolean isMissed(FileState state) {
    return switch (state) {
      case FileState.Indexed _ -> false;
      case FileState.Partial _, FileState.OptedOut _, FileState.Failed _ -> true;
      case FileState.Skipped skipped ->
          switch (skipped.reason()) {
            case TOO_LARGE,
                GENERATED,
                MINIFIED,
                LARGE_FILE_POINTER,
                UNREADABLE_NAME,
                UNKNOWN_ENCODING ->
                true;
            case BINARY, EMPTY, SECRET, LINK, SUBMODULE -> false;
          };
    };
  }
}
