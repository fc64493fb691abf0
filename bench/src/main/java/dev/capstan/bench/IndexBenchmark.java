package dev.capstan.bench;

import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.index.Update;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * How fast a work tree is indexed, how much room that takes, how fast it answers, and how soon an
 * edit is found; beside programs that index symbols or text alone.
 *
 * <p>Arguments: a scratch folder, whether to embed, then work trees of git. A file is added to each
 * and removed again.
 */
final class IndexBenchmark {
  private static final int QUESTIONS = 200;
  private static final int EDITS = 5;
  private static final List<String> WORDS =
      List.of(
          "read",
          "the",
          "next",
          "line",
          "of",
          "a",
          "file",
          "when",
          "user",
          "is",
          "not",
          "found",
          "parse",
          "header",
          "close",
          "connection",
          "after",
          "time",
          "limit",
          "write",
          "value",
          "to",
          "map",
          "remove",
          "old",
          "entry",
          "create",
          "new",
          "thread",
          "check",
          "size",
          "error");

  private final Path scratch;
  private final Path tree;
  private final Optional<Embedder> embedder;
  private final long source;

  private IndexBenchmark(Path scratch, Path tree, Optional<Embedder> embedder) throws IOException {
    this.scratch = scratch;
    this.tree = tree;
    this.embedder = embedder;
    this.source = size(tree, ".git");
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path scratch = Files.createDirectories(Path.of(arguments[0]).toAbsolutePath());
    System.out.println(
        "| tree | program | files | s | files/s | memory, MB | index : source | question p50, ms |"
            + " p95, ms | edit to found, ms |");
    System.out.println("| --- | --- |" + " ---: |".repeat(8));
    for (String folder : List.of(arguments).subList(2, arguments.length)) {
      Optional<Embedder> embedder = KnowledgeBenchmark.embedder(arguments[1], scratch);
      IndexBenchmark benchmark =
          new IndexBenchmark(scratch, Path.of(folder).toAbsolutePath(), embedder);
      benchmark.ours();
      benchmark.peers();
    }
  }

  private void ours() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory(scratch, "index");
    try (ProjectIndex index = ProjectIndex.open(folder, embedder)) {
      Memory memory = new Memory(true);
      long began = System.nanoTime();
      Update update = update(index);
      double seconds = seconds(began);
      long most = memory.megabytes();
      row("Capstan, words and names", update.files(), seconds, most, size(folder, ""), index);
      if (embedder.isPresent()) {
        began = System.nanoTime();
        int files = index.embed("tree", Progress.SILENT);
        row(
            String.format(Locale.ROOT, "Capstan, vectors of %,d chunks after that", chunks(folder)),
            files,
            seconds(began),
            memory.megabytes(),
            size(folder, ""),
            index);
      }
    }
  }

  private static int chunks(Path folder) throws IOException {
    try (Directory text = FSDirectory.open(folder.resolve("text"));
        DirectoryReader reader = DirectoryReader.open(text)) {
      return reader.docFreq(new Term("kind", "chunk"));
    }
  }

  private void row(
      String what, int files, double seconds, long memory, long size, ProjectIndex index)
      throws IOException, InterruptedException {
    List<Double> questions = questions(index);
    List<Double> edits = edits(index);
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %,d | %.1f | %.0f | %,d | %.2f | %.1f | %.1f | %.0f |%n",
        tree.getFileName(),
        what,
        files,
        seconds,
        files / seconds,
        memory,
        (double) size / source,
        quantile(questions, 0.5),
        quantile(questions, 0.95),
        quantile(edits, 0.5));
  }

  private Update update(ProjectIndex index) throws InterruptedException {
    try (SourceTree files = SourceTree.working(tree)) {
      return index.update(new Wanted("tree", "", Instant.EPOCH), files, Progress.SILENT);
    }
  }

  /** Of five words each, always the same. */
  private List<Double> questions(ProjectIndex index) {
    Random random = new Random(7);
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      List<String> words =
          Stream.generate(() -> WORDS.get(random.nextInt(WORDS.size()))).limit(5).toList();
      long began = System.nanoTime();
      index.search(Question.of("tree", String.join(" ", words), 10));
      millis.add(seconds(began) * 1_000);
    }
    return millis.subList(QUESTIONS / 4, QUESTIONS);
  }

  /** A file that nobody knew, until a question finds it. */
  private List<Double> edits(ProjectIndex index) throws IOException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    Path file = tree.resolve("CapstanEdit.java");
    try {
      for (int i = 0; i < EDITS; i++) {
        String name = "brandNew" + i;
        Files.writeString(file, "class CapstanEdit { void " + name + "() {} }\n");
        long began = System.nanoTime();
        update(index);
        if (index.search(Question.of("tree", name, 1)).hits().isEmpty()) {
          throw new IllegalStateException("the edit was not found");
        }
        millis.add(seconds(began) * 1_000);
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return millis;
  }

  private void peers() throws IOException, InterruptedException {
    Path tags = scratch.resolve("tags");
    peer(
        "universal-ctags",
        tags,
        List.of(),
        "ctags",
        "-R",
        "--fields=+n",
        "-f",
        tags.toString(),
        tree.toString());
    Path index = scratch.resolve("csearchindex");
    peer(
        "codesearch", index, List.of("csearch", "-l", "openConnection"), "cindex", tree.toString());
    peer(
        "ripgrep, which has no index",
        scratch.resolve("none"),
        List.of("rg", "-l", "openConnection", tree.toString()),
        "true");
  }

  private void peer(String name, Path made, List<String> question, String... command)
      throws IOException, InterruptedException {
    Files.deleteIfExists(made);
    long began = System.nanoTime();
    Memory memory = new Memory(false);
    run(List.of(command));
    double seconds = seconds(began);
    long most = memory.megabytes();
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < 20 && !question.isEmpty(); i++) {
      began = System.nanoTime();
      run(question);
      millis.add(seconds(began) * 1_000);
    }
    long size = Files.exists(made) ? Files.size(made) : 0;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | | %.1f | | %,d | %.2f | %s | %s | |%n",
        tree.getFileName(),
        name,
        seconds,
        most,
        (double) size / source,
        millis.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", quantile(millis, 0.5)),
        millis.isEmpty() ? "" : String.format(Locale.ROOT, "%.1f", quantile(millis, 0.95)));
  }

  /** What it says is not looked at. */
  private void run(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CSEARCHINDEX", scratch.resolve("csearchindex").toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.start().waitFor();
  }

  private static double seconds(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toNanos() / 1e9;
  }

  private static double quantile(List<Double> values, double quantile) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get((int) (quantile * (sorted.size() - 1)));
  }

  private static long size(Path folder, String without) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> without.isEmpty() || !file.startsWith(folder.resolve(without)))
          .filter(Files::isRegularFile)
          .mapToLong(file -> file.toFile().length())
          .sum();
    }
  }

  /** The most memory that this program's children held together, and it itself if that counts. */
  private static final class Memory {
    private static final long EVERY = 20_000_000;

    private final boolean withSelf;
    private volatile long most;
    private volatile boolean over;

    Memory(boolean withSelf) {
      this.withSelf = withSelf;
      Thread.ofVirtual().start(this::watch);
    }

    private void watch() {
      while (!over) {
        long held =
            ProcessHandle.current().children().mapToLong(child -> resident(child.pid())).sum();
        most = Math.max(most, held + (withSelf ? resident(ProcessHandle.current().pid()) : 0));
        LockSupport.parkNanos(EVERY);
      }
    }

    /** In kilobytes; 0 for one that has ended. */
    private static long resident(long process) {
      try (Stream<String> lines = Files.lines(Path.of("/proc/" + process + "/status"))) {
        return lines
            .filter(line -> line.startsWith("VmRSS:"))
            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
            .sum();
      } catch (IOException | UncheckedIOException _) {
        return 0;
      }
    }

    long megabytes() {
      over = true;
      return most / 1024;
    }
  }
}
