package dev.capstan.server.mcp;

import dev.capstan.api.AnalyseSubject;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Neighbourhood;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.server.rest.Analyses;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.IndexedProjects;
import dev.capstan.server.rest.IndexedProjects.Tree;
import java.util.List;
import java.util.Locale;

/** How what is in a project hangs together: the tools of those who change code. */
final class GraphTools {
  private static final int USUAL_TOKENS = 3_000;
  private static final int MOST_MEANT = 20;

  private final KnownTrees trees;
  private final IndexedProjects indexed;
  private final Analyses analyses;

  GraphTools(KnownTrees trees, IndexedProjects indexed, Analyses analyses) {
    this.trees = trees;
    this.indexed = indexed;
    this.analyses = analyses;
  }

  List<Tool> all() {
    return List.of(
        Tool.reading(
            "graph",
            "What refers to what",
            "Who calls, tests, documents, imports or extends something, and what it refers to, each with its place;"
                + " says whether that is all. With to: a way from one to the other.",
            List.of(
                Parameter.text("of", "A file's path, or a name such as Lease.renew.").must(),
                Parameter.text("to", "Another one."),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::graph),
        Tool.reading(
            "analyse",
            "What fits, what is missing, what is risky",
            "Looks at a part by rules: documented symbols that are not there, code without tests, tests of nothing,"
                + " circles, what much depends on and often changes. Each claim has the ids of the pieces that show it.",
            List.of(
                Parameter.text(
                    "subject", "A file, a folder, a glob or a package. Default: the whole tree."),
                Parameter.text(
                    "model",
                    "Have this model add claims, whose citations are checked. It costs, and needs the scope operator."),
                Parameter.PROJECT,
                Parameter.TREE,
                Parameter.maxTokens(USUAL_TOKENS)),
            this::analyse));
  }

  private String graph(Arguments arguments) {
    Tree tree = trees.of(arguments);
    CodeGraph graph = indexed.graph(tree);
    Reply reply = arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree));
    String name = arguments.text("of");
    List<Node> of = graph.find(name);
    if (!areOne(of)) {
      return undecided(name, of, reply);
    }
    if (arguments.text("to").isEmpty()) {
      of.forEach(node -> around(graph, node, reply));
      return reply.text();
    }
    List<Node> to = graph.find(arguments.text("to"));
    return areOne(to)
        ? way(graph, of.getFirst(), to.getFirst(), reply)
        : undecided(arguments.text("to"), to, reply);
  }

  /** Overloads of one method are told together. */
  private static boolean areOne(List<Node> nodes) {
    return nodes.stream().map(node -> node.path() + '#' + node.name()).distinct().count() == 1;
  }

  private static String undecided(String name, List<Node> meant, Reply reply) {
    reply.add(
        meant.isEmpty()
            ? "nothing of the name " + name + " is in what is indexed"
            : name + " may mean each of these; ask again with one id");
    meant.stream().limit(MOST_MEANT).forEach(node -> reply.add(inWords(node)));
    return reply.text();
  }

  private static void around(CodeGraph graph, Node node, Reply reply) {
    Neighbourhood found =
        graph
            .around(node.id())
            .orElseThrow(() -> ApiException.notFound("there is no node " + node.id()));
    reply.add(inWords(node));
    reply.add(
        found.isComplete()
            ? "all that refers to it:"
            : "what is known to refer to it; there may be more, because "
                + String.join("; ", found.gaps()));
    found.in().forEach(edge -> reply.add("  from " + edge.from() + ' ' + inWords(edge)));
    if (!found.open().isEmpty()) {
      reply.add("places of its name that may mean it:");
      found.open().forEach(edge -> reply.add("  " + edge.from() + ' ' + inWords(edge)));
    }
    reply.add("what it refers to:");
    found
        .out()
        .forEach(edge ->
            reply.add(
                "  to " + (edge.to().isEmpty() ? edge.name() : edge.to()) + ' ' + inWords(edge)));
  }

  private static String way(CodeGraph graph, Node from, Node to, Reply reply) {
    List<Edge> way = graph.path(from.id(), to.id());
    if (way.isEmpty()) {
      return reply.add("no way is known from " + from.id() + " to " + to.id()).text();
    }
    way.forEach(edge -> reply.add(edge.from() + " -> " + edge.to() + ' ' + inWords(edge)));
    return reply.text();
  }

  private static String inWords(Node node) {
    return node.id()
        + " ("
        + node.kind().word()
        + (node.firstLine() == 0 ? ")" : ", line " + node.firstLine() + ')');
  }

  private static String inWords(Edge edge) {
    return String.format(
        Locale.ROOT,
        "(%s, %s, %s:%d)",
        edge.type().word(),
        edge.state().word(),
        edge.path(),
        edge.line());
  }

  private String analyse(Arguments arguments) throws InterruptedException {
    Tree tree = trees.of(arguments);
    AnalyseSubject wanted =
        new AnalyseSubject(arguments.text("subject"), "", arguments.text("model"), 0, false);
    String text = analyses.of(tree, wanted, "MCP").text();
    return arguments.reply(USUAL_TOKENS).add(KnownTrees.head(tree)).addLines(text).text();
  }
}
