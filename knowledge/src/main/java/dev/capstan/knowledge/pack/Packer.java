package dev.capstan.knowledge.pack;

import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Answer;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Profile;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Packs the best of what a search finds into a budget: first a map, which names likely files and
 * what is in them for few tokens each, then pieces of code as long as they fit. The same index and
 * question give the same bytes.
 */
public final class Packer {
  /** So much of the budget is the map's. */
  private static final double MAP_SHARE = 0.3;

  private static final int HITS = 100;
  private static final int SMALLEST = 100;

  private final Graphs graphs;
  private final Predicate<Hit> usable;

  private final List<String> lines = new ArrayList<>();
  private final List<String> named = new ArrayList<>();
  private final List<String> pieces = new ArrayList<>();
  private int left;

  private Packer(Graphs graphs, Predicate<Hit> usable, int most) {
    this.graphs = graphs;
    this.usable = usable;
    this.left = most;
  }

  /**
   * Packs for a goal.
   *
   * @param graphs of the index that is searched
   * @param view which of the indexed trees
   * @param most tokens; fewer than 100 count as 100
   */
  public static ContextPack pack(Graphs graphs, String view, String goal, int most) {
    return pack(graphs, view, goal, most, _ -> true);
  }

  /** The same of what is found and may be used. */
  public static ContextPack pack(
      Graphs graphs, String view, String goal, int most, Predicate<Hit> usable) {
    return new Packer(graphs, usable, Math.max(SMALLEST, most))
        .pack(Question.of(view, goal, HITS).as(Profile.CHANGE));
  }

  private ContextPack pack(Question question) {
    ProjectIndex index = graphs.index();
    Answer answer = index.search(question);
    List<Hit> hits = answer.hits().stream().filter(usable).toList();
    int whole = left;
    add("# Likely files");
    addMap(
        new RepositoryMap(index, graphs.references(question.view()), question.view(), usable, hits),
        whole);
    addPieces(hits);
    String text = String.join("\n", lines) + "\n";
    return new ContextPack(answer.commit(), Tokens.count(text), named, pieces, text);
  }

  private void addMap(RepositoryMap map, int whole) {
    for (String path : map.paths()) {
      String line = map.line(path);
      if (!line.isEmpty()) {
        if (left - cost(line) < whole * (1 - MAP_SHARE)) {
          return;
        }
        add(line);
        named.add(path);
      }
    }
  }

  /** One that does not fit makes room for a smaller one that comes later. */
  private void addPieces(List<Hit> hits) {
    for (Hit hit : hits) {
      String piece =
          "\n## %s:%d-%d\n%s"
              .formatted(hit.path(), hit.firstLine(), hit.lastLine(), hit.text().stripTrailing());
      if (cost(piece) <= left) {
        add(piece);
        pieces.add(hit.id());
      }
    }
  }

  private void add(String line) {
    lines.add(line);
    left -= cost(line);
  }

  /** With the end of the line; parts cost together at most what they cost one by one. */
  private static int cost(String line) {
    return Tokens.count(line) + 1;
  }
}
