package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.index.Role;
import dev.capstan.knowledge.index.View;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A tree and the part of it that is looked at, as rules ask for it. */
final class Examined {
  private static final int LOOKED_AT = 20;

  private final ProjectIndex index;
  private final View view;
  private final CodeGraph graph;
  private final Subject subject;
  private final List<Edge> edges;
  private final Map<String, String> blobs = new HashMap<>();
  private final Map<String, Node> nodes = new HashMap<>();
  private final Set<String> testFiles = new HashSet<>();
  private final Set<String> namesInTests = new HashSet<>();

  Examined(ProjectIndex index, View view, CodeGraph graph, Subject subject) {
    this.index = index;
    this.view = view;
    this.graph = graph;
    this.subject = subject;
    this.edges = graph.edges();
    view.files().stream()
        .filter(file -> file.state().isFindable())
        .forEach(file -> blobs.put(file.path(), file.blob()));
    for (Node node : graph.nodes()) {
      nodes.put(node.id(), node);
      if (node.kind() == Node.Kind.TEST) {
        testFiles.add(node.path());
      }
    }
    edges.stream()
        .filter(edge -> isOfTests(edge.path()))
        .forEach(edge -> namesInTests.add(edge.name().replaceFirst(".*[.:/#]", "")));
  }

  ProjectIndex index() {
    return index;
  }

  View view() {
    return view;
  }

  CodeGraph graph() {
    return graph;
  }

  List<Edge> edges() {
    return edges;
  }

  boolean isOf(String path) {
    return subject.holds(path);
  }

  /** A file with tests, or beside them. */
  boolean isOfTests(String path) {
    return testFiles.contains(path) || Role.of(path, Language.of(path)) == Role.TEST;
  }

  /** A file in which a test is declared. */
  boolean hasTests(String path) {
    return testFiles.contains(path);
  }

  Optional<Node> node(String id) {
    return Optional.ofNullable(nodes.get(id));
  }

  /** Nodes of that kind in the subject, in files that can be found, in the order of their ids. */
  List<Node> nodes(Node.Kind kind) {
    return nodes.values().stream()
        .filter(node -> node.kind() == kind && isOf(node.path()) && blobs.containsKey(node.path()))
        .sorted(Comparator.comparing(Node::id))
        .toList();
  }

  /** Types and functions of the subject, without those of its tests. */
  List<Node> symbols() {
    return nodes(Node.Kind.SYMBOL).stream().filter(node -> !isOfTests(node.path())).toList();
  }

  /** Edges that are resolved, by the id of what they lead to. */
  Map<String, List<Edge>> resolvedTo(Edge.Type type) {
    Map<String, List<Edge>> into = new HashMap<>();
    edges.stream()
        .filter(edge -> edge.type() == type && edge.state() == State.RESOLVED)
        .forEach(edge -> into.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge));
    return into;
  }

  /**
   * Where code refers to code and it is known to what; without tests, which the product needs not.
   */
  List<Edge> references() {
    return edges.stream().filter(this::isReference).toList();
  }

  private boolean isReference(Edge edge) {
    boolean refers =
        switch (edge.type()) {
          case IMPORTS, CALLS, EXTENDS, OVERRIDES -> true;
          case DEFINES, TESTS, DOCUMENTS, DEPENDS_ON -> false;
        };
    return refers && edge.state() == State.RESOLVED && !isOfTests(edge.path());
  }

  /** Whether a test says a name: most are called or imported, the others are searched for. */
  boolean isNamedByTests(String name) {
    return namesInTests.contains(name) || stands(name, Role.TEST.word());
  }

  /** Whether a name stands in files of these roles. */
  boolean stands(String name, String... roles) {
    Question question =
        new Question(view.name(), name, List.of(), List.of(), List.of(roles), LOOKED_AT);
    return index.search(question).hits().stream().anyMatch(hit -> hit.text().contains(name));
  }

  String id(Node node) {
    return id(node.path(), Math.max(1, node.firstLine()), Math.max(1, node.lastLine()));
  }

  String id(Edge edge) {
    return id(edge.path(), edge.line(), edge.line());
  }

  String id(String path, int first, int last) {
    return path + '@' + blobs.getOrDefault(path, "") + "#L" + first + "-L" + last;
  }
}
