package dev.capstan.bench;

import dev.capstan.knowledge.graph.CodeGraph;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.ProjectIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Changes one file after the other, and holds the graph that followed each change against one made
 * of a clean index: every node and every edge. The changes rename a method, delete a file, or add a
 * method, in turn.
 */
final class IncrementalTrial {
  private static final int CHANGES = 25;
  private static final Pattern METHOD =
      Pattern.compile("(?m)^ {2,8}(?:public|protected|private) [\\w<>\\[\\], .?]*?(\\w+)\\(");

  private final SourceFolder source;
  private final Path scratch;
  private final Samples follow = new Samples();

  IncrementalTrial(SourceFolder source, Path scratch) {
    this.source = source;
    this.scratch = scratch;
  }

  String row() throws IOException, InterruptedException {
    List<String> files = source.javaFiles();
    int changes = Math.min(CHANGES, files.size());
    int equal = 0;
    try (ProjectIndex index = ProjectIndex.open(Files.createTempDirectory(scratch, "followed"))) {
      Graphs graphs = new Graphs(index);
      GraphBenchmark.index(index, source);
      GraphBenchmark.graph(graphs);
      for (int i = 0; i < changes; i++) {
        change(files.get(i * files.size() / changes), i);
        GraphBenchmark.index(index, source);
        long started = System.nanoTime();
        CodeGraph followed = GraphBenchmark.graph(graphs);
        follow.add(System.nanoTime() - started);
        equal += isClean(followed) ? 1 : 0;
      }
    }
    return String.format(
        Locale.ROOT,
        "| %s | %d | %d | %.0f ms | %.0f ms |",
        source.name(),
        changes,
        equal,
        follow.quantile(0.5),
        follow.quantile(0.95));
  }

  private void change(String path, int turn) throws IOException {
    String text = source.read(path);
    Matcher method = METHOD.matcher(text);
    if (turn % 3 == 1) {
      Files.delete(source.folder().resolve(path));
    } else if (turn % 3 == 0 && method.find()) {
      source.write(
          path,
          text.substring(0, method.start(1)) + "renamedByTrial" + text.substring(method.end(1)));
    } else {
      int end = text.lastIndexOf('}');
      source.write(path, text.substring(0, Math.max(0, end)) + "\n  void addedByTrial() {}\n}\n");
    }
  }

  private boolean isClean(CodeGraph followed) throws IOException, InterruptedException {
    try (ProjectIndex index = ProjectIndex.open(Files.createTempDirectory(scratch, "clean"))) {
      GraphBenchmark.index(index, source);
      CodeGraph clean = GraphBenchmark.graph(new Graphs(index));
      return clean.nodes().equals(followed.nodes())
          && clean.edges().equals(followed.edges())
          && clean.subsystems().equals(followed.subsystems());
    }
  }
}
