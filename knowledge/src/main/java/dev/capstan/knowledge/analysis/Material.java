package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.References;
import dev.capstan.knowledge.index.FileContent;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.Role;
import dev.capstan.knowledge.index.View;
import dev.capstan.knowledge.pack.Tokens;
import dev.capstan.knowledge.parsing.Parsed.Chunk;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a model gets to read of a subject, within a budget of tokens: what documents say of it, and
 * its code, the most central files first. The same index gives the same bytes. For one thread.
 */
public final class Material {
  /** So much of the budget may be spent on documents. */
  private static final double DOCUMENTS_SHARE = 0.25;

  /** So much of the budget on one file, so that others are read too. */
  private static final double FILE_SHARE = 0.2;

  private final ProjectIndex index;
  private final View view;
  private final CodeGraph graph;
  private final Subject subject;
  private final SequencedMap<String, String> pieces = new LinkedHashMap<>();
  private int left;

  private Material(ProjectIndex index, View view, CodeGraph graph, Subject subject, int most) {
    this.index = index;
    this.view = view;
    this.graph = graph;
    this.subject = subject;
    this.left = most;
  }

  /**
   * Pieces by where they are from, {@code path:first-last}, each line with its number before it.
   *
   * @param graph of that view
   * @param most tokens
   */
  public static SequencedMap<String, String> of(
      ProjectIndex index, View view, CodeGraph graph, Subject subject, int most) {
    Material material = new Material(index, view, graph, subject, most);
    material.addDocuments((int) (most * DOCUMENTS_SHARE));
    material.addCode((int) (most * FILE_SHARE));
    return Collections.unmodifiableSequencedMap(material.pieces);
  }

  /** The pieces of documents that speak of something of the subject. */
  private void addDocuments(int most) {
    Map<String, TreeSet<Integer>> lines = new TreeMap<>();
    for (Edge edge : graph.edges()) {
      if (edge.type() == Edge.Type.DOCUMENTS
          && edge.state() == State.RESOLVED
          && subject.holds(edge.target())) {
        lines.computeIfAbsent(edge.path(), _ -> new TreeSet<>()).add(edge.line());
      }
    }
    int least = left - most;
    lines.forEach((path, mentions) ->
        index
            .file(view.name(), path)
            .ifPresent(content ->
                content.parsed().chunks().stream()
                    .filter(chunk ->
                        !mentions.subSet(chunk.firstLine(), chunk.lastLine() + 1).isEmpty())
                    .forEach(chunk -> add(content, chunk, least))));
  }

  private void addCode(int mostOfFile) {
    Map<String, Double> wanted = wanted();
    List<String> central =
        References.of(graph).rank(wanted).keySet().stream().filter(wanted::containsKey).toList();
    for (String path : central) {
      int least = left - mostOfFile;
      index
          .file(view.name(), path)
          .ifPresent(
              content -> content.parsed().chunks().forEach(chunk -> add(content, chunk, least)));
    }
  }

  /** The code of the subject; all of it where it has none but tests or prose. */
  private Map<String, Double> wanted() {
    Map<String, Double> code = new TreeMap<>();
    Map<String, Double> all = new TreeMap<>();
    for (FileRecord file : view.files()) {
      if (subject.holds(file.path())) {
        all.put(file.path(), 1.0);
        if (Role.of(file.path(), file.language()) == Role.CODE) {
          code.put(file.path(), 1.0);
        }
      }
    }
    return code.isEmpty() ? all : code;
  }

  /** Unless less than that would be left, or it is there. */
  private void add(FileContent content, Chunk chunk, int least) {
    String from = content.file().path() + ':' + chunk.firstLine() + '-' + chunk.lastLine();
    String text = numbered(content, chunk);
    int cost = Tokens.count(text) + Tokens.count(from) + 1;
    if (left - cost >= Math.max(0, least) && pieces.putIfAbsent(from, text) == null) {
      left -= cost;
    }
  }

  private static String numbered(FileContent content, Chunk chunk) {
    StringBuilder text = new StringBuilder();
    content
        .lines()
        .subMap(chunk.firstLine(), chunk.lastLine() + 1)
        .forEach((number, line) ->
            text.append(number)
                .append(": ")
                .append(PlainText.of(line.stripTrailing()))
                .append('\n'));
    return text.toString().stripTrailing();
  }
}
