package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.graph.Inbound.Place;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.resolving.Link;
import dev.capstan.knowledge.resolving.Link.Relation;
import dev.capstan.knowledge.resolving.Outcome;
import dev.capstan.knowledge.resolving.Resolution;
import dev.capstan.knowledge.resolving.Target;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A graph in memory. */
final class EmbeddedGraph implements CodeGraph {
  private final SortedMap<String, FileLinks> files = new TreeMap<>();
  private final Map<String, Target> byId = new HashMap<>();
  private final Map<String, List<Target>> byName = new HashMap<>();
  private final List<String> leftOut;
  private final Inbound inbound;
  private final Edges edges;
  private final Subsystems subsystems;

  EmbeddedGraph(List<FileLinks> all, List<String> leftOut) {
    all.forEach(this::add);
    this.leftOut = gaps(leftOut, all);
    this.inbound = new Inbound(files.values());
    this.edges = new Edges(files);
    this.subsystems = new Subsystems(files, edges);
  }

  private static List<String> gaps(List<String> leftOut, List<FileLinks> all) {
    List<String> gaps = new ArrayList<>(leftOut);
    long unparsed = all.stream().filter(file -> !file.note().isEmpty()).count();
    if (unparsed > 0) {
      gaps.add(unparsed + " files could not be parsed: what they call is not known");
    }
    return List.copyOf(gaps);
  }

  private void add(FileLinks file) {
    files.put(file.path(), file);
    byId.put(file.path(), new Target(file.path(), Target.FILE));
    for (int i = 0; i < file.symbols().size(); i++) {
      Target target = new Target(file.path(), i);
      byId.put(file.id(i), target);
      byName.computeIfAbsent(file.symbols().get(i).name(), _ -> new ArrayList<>()).add(target);
    }
  }

  @Override
  public List<Node> find(String name) {
    Optional<Node> exactly = node(name);
    return exactly.isPresent() ? List.of(exactly.get()) : named(name);
  }

  private Optional<Node> node(String id) {
    return Optional.ofNullable(byId.get(id)).map(this::node).or(() -> subsystems.find(id));
  }

  private Node node(Target target) {
    FileLinks file = file(target);
    return target.symbol() < 0 ? file.node() : file.node(target.symbol());
  }

  private FileLinks file(Target target) {
    return Optional.ofNullable(files.get(target.path())).orElseThrow();
  }

  private List<Node> named(String name) {
    int hash = name.indexOf('#');
    String path = hash < 0 ? "" : name.substring(0, hash);
    String symbol = name.substring(hash + 1).replace("::", ".");
    Stream<Node> symbols =
        byName.getOrDefault(symbol.substring(symbol.lastIndexOf('.') + 1), List.of()).stream()
            .map(this::node)
            .filter(node -> isEnd(node.name(), symbol, '.') && isEnd(node.path(), path, '/'));
    Stream<Node> paths =
        files.values().stream().map(FileLinks::node).filter(node -> isEnd(node.path(), name, '/'));
    return Stream.concat(symbols, paths).sorted(Comparator.comparing(Node::id)).toList();
  }

  private static boolean isEnd(String whole, String end, char separator) {
    return end.isEmpty() || whole.equals(end) || whole.endsWith(separator + end);
  }

  @Override
  public Optional<Neighbourhood> around(String id) {
    Target target = byId.get(id);
    return target == null ? subsystems.around(id) : Optional.of(around(target));
  }

  private Neighbourhood around(Target target) {
    FileLinks file = file(target);
    List<Edge> in = sorted(incoming(target, file).map(this::edge));
    Stream<Edge> defined = declared(target).map(symbol -> edges.defines(file, symbol));
    Stream<Edge> linked =
        file.links().stream()
            .filter(link -> link.from() == target.symbol())
            .map(link -> edges.of(file, link));
    List<Edge> open = new ArrayList<>();
    List<String> gaps = new ArrayList<>(leftOut);
    if (target.symbol() >= 0) {
      addOpen(target, file.symbols().get(target.symbol()), open, gaps);
    }
    return new Neighbourhood(node(target), in, sorted(Stream.concat(defined, linked)), open, gaps);
  }

  /** Who imports what is in a file imports the file. */
  private Stream<Place> incoming(Target target, FileLinks file) {
    Stream<Place> imports =
        target.symbol() >= 0
            ? Stream.of()
            : Stream.iterate(0, i -> i < file.symbols().size(), i -> i + 1)
                .flatMap(i -> inbound.of(new Target(file.path(), i)).stream())
                .filter(place -> place.link().relation() == Relation.IMPORTS);
    return Stream.concat(inbound.of(target).stream(), imports);
  }

  private Edge edge(Place place) {
    return edges.of(place.file(), place.link());
  }

  private static List<Edge> sorted(Stream<Edge> some) {
    return some.sorted(ORDER).toList();
  }

  /** The symbols that are directly in a file or a symbol. */
  private Stream<Integer> declared(Target target) {
    FileLinks file = file(target);
    String around = target.symbol() < 0 ? "" : file.symbols().get(target.symbol()).qualifiedName();
    return Stream.iterate(0, i -> i < file.symbols().size(), i -> i + 1)
        .filter(i -> i != target.symbol() && file.symbols().get(i).container().equals(around));
  }

  private void addOpen(Target target, Symbol symbol, List<Edge> open, List<String> gaps) {
    FileLinks file = file(target);
    inbound.open(symbol.name(), target).stream()
        .filter(place -> Resolution.speak(place.file().language(), file.language()))
        .map(this::edge)
        .forEach(open::add);
    if (!open.isEmpty()) {
      gaps.add(open.size() + " calls of this name do not say what they mean");
    }
    if (symbol.kind() == Kind.FUNCTION) {
      addOverridden(target, new HashSet<>(), open, gaps);
    }
    boolean isMethod = symbol.kind() == Kind.FUNCTION && !symbol.container().isEmpty();
    if (isMethod && file.language() != Language.JAVA) {
      gaps.add("what overrides what is not read from " + file.language().word());
    }
    open.sort(ORDER);
  }

  /** What is called by the name of a method above, however far, may end up here. */
  private void addOverridden(Target target, Set<Target> seen, List<Edge> open, List<String> gaps) {
    for (Link link : file(target).links()) {
      if (link.relation() == Relation.OVERRIDES && link.from() == target.symbol()) {
        switch (link.outcome()) {
          case Outcome.Resolved found -> addAbove(found.target(), seen, open, gaps);
          case Outcome.Ambiguous many ->
              many.candidates().forEach(each -> addAbove(each, seen, open, gaps));
          case Outcome.External external ->
              gaps.add("it overrides a method of " + external.strategy() + ", which is outside");
          case Outcome.Unresolved _ -> gaps.add("what it overrides was not found");
        }
      }
    }
  }

  private void addAbove(Target above, Set<Target> seen, List<Edge> open, List<String> gaps) {
    if (seen.add(above)) {
      List<Edge> calls = calls(above);
      open.addAll(calls);
      if (!calls.isEmpty()) {
        gaps.add(calls.size() + " calls of " + edges.id(above) + ", which it overrides");
      }
      addOverridden(above, seen, open, gaps);
    }
  }

  private List<Edge> calls(Target target) {
    return inbound.of(target).stream()
        .filter(place -> place.link().relation() == Relation.CALLS)
        .map(this::edge)
        .toList();
  }

  @Override
  public List<Edge> path(String from, String to) {
    Target start = byId.get(from);
    Target end = byId.get(to);
    return start == null || end == null
        ? List.of()
        : new ShortestPath(files, edges).between(start, end);
  }

  @Override
  public List<Subsystem> subsystems() {
    return subsystems.all();
  }

  @Override
  public List<Node> nodes() {
    List<Node> nodes = new ArrayList<>();
    byId.values().forEach(target -> nodes.add(node(target)));
    subsystems.all().forEach(each -> nodes.add(each.node()));
    nodes.sort(Comparator.comparing(Node::id));
    return Collections.unmodifiableList(nodes);
  }

  @Override
  public List<Edge> edges() {
    return sorted(
        files.values().stream()
            .flatMap(file ->
                Stream.concat(
                    Stream.iterate(0, i -> i < file.symbols().size(), i -> i + 1)
                        .map(i -> edges.defines(file, i)),
                    file.links().stream().map(link -> edges.of(file, link)))));
  }
}
