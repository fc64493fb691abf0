package dev.capstan.bench;

import dev.capstan.bench.CompilerOracle.Call;
import dev.capstan.bench.CompilerOracle.Place;
import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Edge;
import dev.capstan.knowledge.graph.Edge.State;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether the graph tells the truth: its calls in Java beside what the compiler says, and, after
 * each of some changes of files, the graph that followed them beside one made anew.
 *
 * <p>Arguments: a scratch folder, then git folders of repositories. It reads them only.
 */
final class GraphBenchmark {
  private static final String VIEW = "work tree";
  private static final String OVERLOADS = "overloads of one method";

  private GraphBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path scratch = Path.of(arguments[0]).toAbsolutePath();
    List<SourceFolder> folders = new ArrayList<>();
    folders.add(SourceFolder.ofJdk("java.util", false, scratch));
    folders.add(SourceFolder.ofJdk("java.util", true, scratch));
    for (String repository : List.of(arguments).subList(1, arguments.length)) {
      folders.add(SourceFolder.of(Path.of(repository), scratch));
    }
    System.out.println(
        "| source | Java files | names called | recall | precision | places called | recall | precision | not known to the compiler | graph, s | MB |");
    System.out.println("| --- |" + " ---: |".repeat(10));
    for (SourceFolder folder : folders) {
      truth(folder, scratch);
    }
    System.out.println();
    System.out.println("| source | changes | equal to a clean index | follow p50 | p95 |");
    System.out.println("| --- |" + " ---: |".repeat(4));
    for (SourceFolder folder : folders) {
      System.out.println(new IncrementalTrial(folder, scratch).row());
    }
  }

  static void index(ProjectIndex index, SourceFolder source) throws InterruptedException {
    try (SourceTree tree = SourceTree.working(source.folder())) {
      index.update(new Wanted(VIEW, "", Instant.EPOCH), tree, Progress.SILENT);
    }
  }

  static CodeGraph graph(Graphs graphs) {
    return graphs.of(VIEW);
  }

  private static void truth(SourceFolder source, Path scratch)
      throws IOException, InterruptedException {
    CompilerOracle oracle = CompilerOracle.of(source);
    try (ProjectIndex index = ProjectIndex.open(Files.createTempDirectory(scratch, "index"))) {
      index(index, source);
      long before = used();
      long started = System.nanoTime();
      Graphs graphs = new Graphs(index);
      CodeGraph graph = graph(graphs);
      double seconds = (System.nanoTime() - started) / 1e9;
      long megabytes = (used() - before) >> 20;
      List<Edge> known = graph.edges().stream().filter(GraphBenchmark::saysWhatIsCalled).toList();
      Set<Call> found = new HashSet<>();
      known.forEach(edge -> found.add(new Call(place(edge), declaredIn(edge))));
      found.removeIf(call -> oracle.unknown().contains(call.place()));
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %d | %s | %s | %d | %.2f | %d |",
              source.name(),
              source.javaFiles().size(),
              cells(names(oracle.calls()), names(found)),
              cells(oracle.calls(), found),
              oracle.unknown().size(),
              seconds,
              megabytes));
      examples(source, oracle.calls(), found);
    }
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  /** Which of several overloads it is need not be known: their name and their class are. */
  private static boolean saysWhatIsCalled(Edge edge) {
    boolean isCall = edge.type() == Edge.Type.CALLS || edge.type() == Edge.Type.TESTS;
    return isCall
        && edge.path().endsWith(".java")
        && (edge.state() == State.RESOLVED || edge.strategy().equals(OVERLOADS));
  }

  private static Place place(Edge edge) {
    return new Place(edge.path(), edge.line(), edge.name());
  }

  private static String declaredIn(Edge edge) {
    String target = edge.to().isEmpty() ? edge.some().getFirst() : edge.to();
    int hash = target.indexOf('#');
    return hash < 0 ? target : target.substring(0, hash);
  }

  /** Pairs of a calling file and a name. */
  private static Set<String> names(Set<Call> calls) {
    return calls.stream()
        .map(call -> call.place().path() + ' ' + call.place().name())
        .collect(Collectors.toSet());
  }

  private static <T> String cells(Set<T> wanted, Set<T> found) {
    long right = found.stream().filter(wanted::contains).count();
    return String.format(
        Locale.ROOT,
        "%d | %.3f | %.3f",
        wanted.size(),
        (double) right / wanted.size(),
        (double) right / found.size());
  }

  /** On the error stream, to be looked at. */
  private static void examples(SourceFolder source, Set<Call> wanted, Set<Call> found) {
    Set<String> missed = new TreeSet<>();
    Set<String> wrong = new TreeSet<>();
    wanted.stream()
        .filter(call -> !found.contains(call))
        .forEach(call -> missed.add(call.toString()));
    found.stream()
        .filter(call -> !wanted.contains(call))
        .forEach(call -> wrong.add(call.toString()));
    if (Boolean.getBoolean("capstan.examples")) {
      missed.forEach(call -> System.err.println(source.name() + " missed " + call));
      wrong.forEach(call -> System.err.println(source.name() + " wrong " + call));
    }
  }
}
