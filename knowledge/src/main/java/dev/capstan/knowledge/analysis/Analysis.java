package dev.capstan.knowledge.analysis;

import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.analysis.Findings.Basis;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Node;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.index.View;
import dev.capstan.knowledge.parsing.ParsedFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Looks at a part of a tree by rules, without a model: what is documented and is not there, what is
 * there and not tested, tests of nothing, circles, and what much depends on.
 */
public final class Analysis {
  private static final int MOST_OF_A_RULE = 25;
  private static final int LOOKED_AT = 20;
  private static final int MANY_CALLERS = 10;
  private static final Pattern SPEAKS_OF_CODE =
      Pattern.compile("\\w*\\p{Ll}\\p{Lu}\\w*|\\p{Lu}\\w+(?:[.#]|::)\\w+");
  private static final Pattern FILE_NAME =
      Pattern.compile(".*[.](?:md|xml|ya?ml|json|txt|java|kts?|py|[jt]sx?|go|rs|html|css|toml|sh)");

  private final ProjectIndex index;
  private final View view;
  private final CodeGraph graph;
  private final String subject;
  private final Map<String, String> blobs = new HashMap<>();
  private final Map<String, Node> nodes = new HashMap<>();
  private final List<Claim> claims = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  private Analysis(ProjectIndex index, View view, CodeGraph graph, String subject) {
    this.index = index;
    this.view = view;
    this.graph = graph;
    this.subject = subject;
    view.files().stream()
        .filter(file -> file.state().isFindable())
        .forEach(file -> blobs.put(file.path(), file.blob()));
    graph.nodes().forEach(node -> nodes.put(node.id(), node));
  }

  /**
   * What is found by rules.
   *
   * @param graph of that view
   * @param subject path of a file or a folder; "" for the whole tree
   */
  public static Findings of(ProjectIndex index, View view, CodeGraph graph, String subject) {
    String plain = subject.strip().replaceAll("^[./]+|/+$", "");
    return new Analysis(index, view, graph, plain).findings();
  }

  private Findings findings() {
    add(agreements());
    add(documentedAndMissing());
    add(untested());
    add(testsOfNothing());
    add(circles());
    add(manyCallers());
    return new Findings(subject, basis(), claims, leftOut);
  }

  private void add(List<Claim> found) {
    found.stream().limit(MOST_OF_A_RULE).forEach(claims::add);
    if (found.size() > MOST_OF_A_RULE) {
      leftOut.add(
          "%d more by the rule \"%s\""
              .formatted(found.size() - MOST_OF_A_RULE, found.getFirst().rule()));
    }
  }

  private Basis basis() {
    List<FileRecord> files = view.files().stream().filter(file -> isOf(file.path())).toList();
    List<Edge> calls = graph.edges().stream().filter(this::isCallOfSubject).toList();
    return new Basis(
        view.name(),
        view.commit(),
        files.size(),
        (int) files.stream().filter(file -> file.state().isFindable()).count(),
        calls.size(),
        (int) calls.stream().filter(edge -> edge.state() == State.RESOLVED).count());
  }

  private boolean isCallOfSubject(Edge edge) {
    return (edge.type() == Edge.Type.CALLS || edge.type() == Edge.Type.TESTS) && isOf(edge.path());
  }

  private boolean isOf(String path) {
    return subject.isEmpty() || path.equals(subject) || path.startsWith(subject + '/');
  }

  /** Types and functions of the subject, without those of its tests. */
  private List<Node> symbols() {
    Set<String> testing = testFiles();
    return nodes.values().stream()
        .filter(node -> node.kind() == Node.Kind.SYMBOL && isOf(node.path()))
        .filter(node -> !testing.contains(node.path()) && blobs.containsKey(node.path()))
        .sorted(Comparator.comparing(Node::id))
        .toList();
  }

  private Set<String> testFiles() {
    Set<String> files = new TreeSet<>();
    nodes.values().stream()
        .filter(node -> node.kind() == Node.Kind.TEST)
        .forEach(node -> files.add(node.path()));
    return files;
  }

  private Map<String, List<Edge>> resolvedTo(Edge.Type type) {
    Map<String, List<Edge>> into = new HashMap<>();
    graph.edges().stream()
        .filter(edge -> edge.type() == type && edge.state() == State.RESOLVED)
        .forEach(edge -> into.computeIfAbsent(edge.to(), _ -> new ArrayList<>()).add(edge));
    return into;
  }

  private List<Claim> agreements() {
    Map<String, List<Edge>> documented = resolvedTo(Edge.Type.DOCUMENTS);
    Map<String, List<Edge>> tested = resolvedTo(Edge.Type.TESTS);
    List<Claim> found = new ArrayList<>();
    for (Node symbol : symbols()) {
      List<Edge> docs = documented.getOrDefault(symbol.id(), List.of());
      List<Edge> tests = tested.getOrDefault(symbol.id(), List.of());
      if (!docs.isEmpty() && !tests.isEmpty()) {
        found.add(
            new Claim(
                Kind.AGREEMENT,
                "documented, there and tested",
                symbol.name() + " is documented, is there, and is called by a test",
                List.of(id(symbol), id(docs.getFirst()), id(tests.getFirst()))));
      }
    }
    return found;
  }

  /** Of documents that lie in the subject, or speak of something in it. */
  private List<Claim> documentedAndMissing() {
    Set<String> speaking = new HashSet<>();
    graph.edges().stream()
        .filter(edge -> edge.type() == Edge.Type.DOCUMENTS && edge.state() == State.RESOLVED)
        .filter(edge -> nodes.containsKey(edge.to()) && isOf(nodes.get(edge.to()).path()))
        .forEach(edge -> speaking.add(edge.path()));
    List<Claim> found = new ArrayList<>();
    for (ParsedFile doc :
        index.parsed(view, file -> isOf(file.path()) || speaking.contains(file.path()))) {
      doc.parsed().mentions().stream()
          .filter(mention -> isOfCode(mention.text()) && !stands(mention.text()))
          .map(mention ->
              new Claim(
                  Kind.GAP,
                  "documented and not there",
                  doc.path()
                      + " names "
                      + mention.text()
                      + ", which stands in no code that can be found",
                  List.of(id(doc.path(), mention.line(), mention.line()))))
          .forEach(found::add);
    }
    return found;
  }

  /** Neither a file nor a word of prose. */
  private static boolean isOfCode(String text) {
    return SPEAKS_OF_CODE.matcher(text).matches() && !FILE_NAME.matcher(text).matches();
  }

  /** Whether the last part of a name stands anywhere in code: it may be another library's. */
  private boolean stands(String name) {
    String last = name.replaceAll(".*[.#:]", "");
    Question question =
        new Question(view.name(), last, List.of(), List.of(), List.of("code", "test"), LOOKED_AT);
    return index.search(question).hits().stream().anyMatch(hit -> hit.text().contains(last));
  }

  private List<Claim> untested() {
    Map<String, List<Edge>> tested = resolvedTo(Edge.Type.TESTS);
    List<Claim> found = new ArrayList<>();
    for (Node symbol : symbols()) {
      boolean inAnother = symbol.name().indexOf('.') >= 0;
      if (!inAnother && !tested.containsKey(symbol.id()) && !isNamedByTests(symbol.name())) {
        found.add(
            new Claim(
                Kind.GAP,
                "there and not tested",
                "no test names " + symbol.name() + ", and none is known to call it",
                List.of(id(symbol))));
      }
    }
    return found;
  }

  private boolean isNamedByTests(String name) {
    String last = name.substring(name.lastIndexOf('.') + 1);
    Question question =
        new Question(view.name(), last, List.of(), List.of(), List.of("test"), LOOKED_AT);
    return index.search(question).hits().stream().anyMatch(hit -> hit.text().contains(last));
  }

  private List<Claim> testsOfNothing() {
    Set<String> reaching = new HashSet<>();
    graph.edges().stream()
        .filter(edge -> edge.type() == Edge.Type.TESTS || edge.type() == Edge.Type.CALLS)
        .filter(edge -> edge.state() == State.RESOLVED || edge.state() == State.AMBIGUOUS)
        .forEach(edge -> reaching.add(edge.path()));
    Map<String, Node> first = new TreeMap<>();
    nodes.values().stream()
        .filter(node -> node.kind() == Node.Kind.TEST && isOf(node.path()))
        .filter(node -> !reaching.contains(node.path()) && blobs.containsKey(node.path()))
        .forEach(node ->
            first.merge(
                node.path(),
                node,
                (one, other) -> one.firstLine() <= other.firstLine() ? one : other));
    return first.values().stream()
        .map(test ->
            new Claim(
                Kind.GAP,
                "a test of nothing",
                "the tests of " + test.path() + " call nothing that is declared here",
                List.of(id(test))))
        .toList();
  }

  /** Subsystems that need each other, two by two. */
  private List<Claim> circles() {
    Map<String, Map<String, Edge>> needs = new TreeMap<>();
    graph
        .subsystems()
        .forEach(subsystem -> {
          Map<String, Edge> on = new TreeMap<>();
          subsystem.dependencies().forEach(one -> on.put(one.on(), one.example()));
          needs.put(subsystem.node().id(), on);
        });
    List<Claim> found = new ArrayList<>();
    needs.forEach((one, on) ->
        on.forEach((other, example) -> {
          Edge back = needs.getOrDefault(other, Map.of()).get(one);
          boolean concerned = isOf(example.path()) || (back != null && isOf(back.path()));
          if (back != null && one.compareTo(other) < 0 && concerned) {
            found.add(
                new Claim(
                    Kind.RISK,
                    "a circle",
                    one + " and " + other + " need each other",
                    List.of(id(example), id(back))));
          }
        }));
    return found;
  }

  private List<Claim> manyCallers() {
    Map<String, List<Edge>> callers = resolvedTo(Edge.Type.CALLS);
    record Called(Node symbol, List<Edge> by, long files) {}
    return symbols().stream()
        .map(symbol -> {
          List<Edge> by = callers.getOrDefault(symbol.id(), List.of());
          return new Called(symbol, by, by.stream().map(Edge::path).distinct().count());
        })
        .filter(called -> called.files() >= MANY_CALLERS)
        .sorted(Comparator.comparingLong(Called::files).reversed())
        .map(called ->
            new Claim(
                Kind.RISK,
                "much depends on it",
                "%s is called from %d files".formatted(called.symbol().name(), called.files()),
                List.of(id(called.symbol()), id(called.by().getFirst()))))
        .toList();
  }

  private String id(Node node) {
    return id(node.path(), node.firstLine(), node.lastLine());
  }

  private String id(Edge edge) {
    return id(edge.path(), edge.line(), edge.line());
  }

  private String id(String path, int first, int last) {
    return path + '@' + blobs.getOrDefault(path, "") + "#L" + first + "-L" + last;
  }
}
