package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.resolving.Link;
import dev.capstan.knowledge.resolving.Outcome;
import dev.capstan.knowledge.resolving.Target;
import java.util.List;
import java.util.Map;

/** Writes links as edges between the ids of nodes. */
final class Edges {
  private final Map<String, FileLinks> files;

  Edges(Map<String, FileLinks> files) {
    this.files = files;
  }

  String id(Target target) {
    FileLinks file = files.get(target.path());
    return file == null ? target.path() : file.id(target.symbol());
  }

  Edge of(FileLinks file, Link link) {
    String from = file.id(link.from());
    return switch (link.outcome()) {
      case Outcome.Resolved found ->
          new Edge(
              type(file, link, found.target()),
              from,
              id(found.target()),
              link.name(),
              file.path(),
              link.line(),
              State.RESOLVED,
              found.strategy(),
              found.confidence(),
              1,
              List.of());
      case Outcome.Ambiguous many ->
          new Edge(
              type(link),
              from,
              "",
              link.name(),
              file.path(),
              link.line(),
              State.AMBIGUOUS,
              many.strategy(),
              0,
              many.count(),
              many.candidates().stream().map(this::id).toList());
      case Outcome.External external -> open(file, link, State.EXTERNAL, external.strategy());
      case Outcome.Unresolved unresolved -> open(file, link, State.UNRESOLVED, unresolved.why());
    };
  }

  private static Edge open(FileLinks file, Link link, State state, String strategy) {
    return new Edge(
        type(link),
        file.id(link.from()),
        "",
        link.name(),
        file.path(),
        link.line(),
        state,
        strategy,
        0,
        0,
        List.of());
  }

  private Edge.Type type(FileLinks file, Link link, Target target) {
    FileLinks other = files.get(target.path());
    boolean isTest = file.isTest() && other != null && !other.isTest();
    return link.relation() == Link.Relation.CALLS && isTest ? Edge.Type.TESTS : type(link);
  }

  private static Edge.Type type(Link link) {
    return switch (link.relation()) {
      case IMPORTS -> Edge.Type.IMPORTS;
      case CALLS -> Edge.Type.CALLS;
      case EXTENDS -> Edge.Type.EXTENDS;
      case OVERRIDES -> Edge.Type.OVERRIDES;
      case MENTIONS -> Edge.Type.DOCUMENTS;
    };
  }

  /** That a file, or a symbol around it, declares a symbol. */
  Edge defines(FileLinks file, int symbol) {
    var declared = file.symbols().get(symbol);
    String from = file.path();
    for (int i = 0; i < symbol; i++) {
      if (file.symbols().get(i).qualifiedName().equals(declared.container())) {
        from = file.id(i);
      }
    }
    return new Edge(
        Edge.Type.DEFINES,
        from,
        file.id(symbol),
        declared.name(),
        file.path(),
        declared.firstLine(),
        State.RESOLVED,
        "syntax",
        1,
        1,
        List.of());
  }
}
