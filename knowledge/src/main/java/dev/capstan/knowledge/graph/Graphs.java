package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.FileState;
import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.View;
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

/**
 * The graphs of a project's views, made from what its index holds when they are first asked for,
 * and then kept current: only what changed in a view since is read and resolved again. Safe for
 * many threads.
 */
public final class Graphs {
  /** So many views at most are kept in memory. */
  private static final int MOST_KEPT = 2;

  private static final int ATTEMPTS = 3;

  private final ProjectIndex index;
  private final Map<String, Kept> kept = new LinkedHashMap<>(MOST_KEPT, 0.75f, true);

  /** A graph, and the blobs of the files that it was made of. */
  private record Kept(GraphBuilder builder, Map<String, String> blobs, CodeGraph graph) {
    static Kept nothing() {
      return new Kept(new GraphBuilder(), Map.of(), new EmbeddedGraph(List.of(), List.of()));
    }
  }

  public Graphs(ProjectIndex index) {
    this.index = index;
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

  /** Empty if contents of the view went away meanwhile, since a later one has taken its place. */
  private Optional<CodeGraph> current(View view) {
    Map<String, String> blobs = blobs(view);
    Kept last = Optional.ofNullable(kept.get(view.name())).orElseGet(Kept::nothing);
    if (last.blobs().equals(blobs) && !blobs.isEmpty()) {
      return Optional.of(last.graph());
    }
    Set<String> removed = new HashSet<>(last.blobs().keySet());
    removed.removeAll(blobs.keySet());
    Set<String> other = new HashSet<>(blobs.keySet());
    other.removeIf(path -> Objects.equals(blobs.get(path), last.blobs().get(path)));
    Optional<List<ParsedFile>> changed = read(view, other);
    return changed
        .flatMap(files ->
            last.builder().update(files, removed, paths -> read(view, paths), leftOut(view)))
        .map(graph -> keep(view.name(), new Kept(last.builder(), blobs, graph)));
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
