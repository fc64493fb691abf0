package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Subsystem.Dependency;
import dev.capstan.knowledge.resolving.Link;
import dev.capstan.knowledge.resolving.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Subsystems and how they depend on each other: by what is resolved in their files, but prose. */
final class Subsystems {
  private final SortedMap<String, Tally> tallies = new TreeMap<>();
  private final Folders folders;
  private final Edges edges;

  /** Of one subsystem. */
  private static final class Tally {
    private int files;
    private final SortedMap<String, Integer> links = new TreeMap<>();
    private final Map<String, Edge> examples = new TreeMap<>();
  }

  Subsystems(SortedMap<String, FileLinks> files, Edges edges) {
    this.folders = new Folders(files.keySet());
    this.edges = edges;
    files.values().forEach(this::count);
  }

  private void count(FileLinks file) {
    String own = folders.of(file.path());
    Tally tally = tallies.computeIfAbsent(own, _ -> new Tally());
    tally.files++;
    for (Link link : file.links()) {
      boolean counts = link.relation() != Link.Relation.MENTIONS;
      if (counts && link.outcome() instanceof Outcome.Resolved found) {
        String other = folders.of(found.target().path());
        if (!other.equals(own)) {
          tally.links.merge(other, 1, Integer::sum);
          tally.examples.computeIfAbsent(other, _ -> edges.of(file, link));
        }
      }
    }
  }

  List<Subsystem> all() {
    List<Subsystem> all = new ArrayList<>();
    tallies.forEach((id, tally) -> {
      List<Dependency> dependencies = new ArrayList<>();
      tally.links.forEach((other, links) ->
          dependencies.add(
              new Dependency(
                  other, links, Optional.ofNullable(tally.examples.get(other)).orElseThrow())));
      dependencies.sort(Comparator.comparingInt(Dependency::links).reversed());
      all.add(new Subsystem(node(id), tally.files, dependencies));
    });
    return all;
  }

  private static Node node(String id) {
    String path = id.substring(0, id.length() - 1);
    return new Node(id, Node.Kind.SUBSYSTEM, path, path, 0, 0);
  }

  Optional<Node> find(String id) {
    return tallies.containsKey(id) ? Optional.of(node(id)) : Optional.empty();
  }

  /** Its edges are to other subsystems, each with one place of many. */
  Optional<Neighbourhood> around(String id) {
    if (!tallies.containsKey(id)) {
      return Optional.empty();
    }
    List<Edge> in = new ArrayList<>();
    List<Edge> out = new ArrayList<>();
    for (Subsystem each : all()) {
      for (Dependency dependency : each.dependencies()) {
        if (each.node().id().equals(id)) {
          out.add(edge(id, dependency));
        } else if (dependency.on().equals(id)) {
          in.add(edge(each.node().id(), dependency));
        }
      }
    }
    return Optional.of(new Neighbourhood(node(id), in, out, List.of(), List.of()));
  }

  private static Edge edge(String from, Dependency dependency) {
    Edge example = dependency.example();
    return new Edge(
        Edge.Type.DEPENDS_ON,
        from,
        dependency.on(),
        dependency.links() + " links",
        example.path(),
        example.line(),
        State.RESOLVED,
        example.strategy(),
        example.confidence(),
        1,
        List.of());
  }
}
