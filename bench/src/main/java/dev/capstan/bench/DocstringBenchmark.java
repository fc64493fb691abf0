package dev.capstan.bench;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.Question;
import dev.capstan.workspace.git.SourceTree;
import dev.capstan.workspace.git.SourceTree.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How well a function is found from what its comment says, when all comments are taken away. Java
 * only, as the JDK's compiler tells what the functions are.
 *
 * <p>Arguments: a scratch folder, whether to embed, then git folders of repositories. It reads them
 * only.
 */
final class DocstringBenchmark {
  private static final int HITS = 60;
  private static final int LARGEST = 1 << 20;
  private static final int FEWEST_WORDS = 4;

  private final Map<String, List<JavaFunctions.Function>> functions = new LinkedHashMap<>();

  private record Place(String path, int line) {}

  private DocstringBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path scratch = Path.of(arguments[0]).toAbsolutePath();
    System.out.println("| repository | functions | questions | MRR@10 | R@1 | R@5 | R@10 | R@20 |");
    System.out.println("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    List<double[]> all = new ArrayList<>();
    Optional<Embedder> embedder = KnowledgeBenchmark.embedder(arguments[1], scratch);
    for (String repository : List.of(arguments).subList(2, arguments.length)) {
      new DocstringBenchmark().measure(Path.of(repository), scratch, embedder).ifPresent(all::add);
    }
    System.out.println("| **mean** | | |" + cells(mean(all)));
  }

  private Optional<double[]> measure(Path repository, Path scratch, Optional<Embedder> embedder)
      throws IOException, InterruptedException {
    Path bare = withoutComments(repository, Files.createTempDirectory(scratch, "bare"));
    Map<Place, String> questions = questions();
    if (questions.isEmpty()) {
      return Optional.empty();
    }
    Path folder = Files.createTempDirectory(scratch, "index");
    List<double[]> each = new ArrayList<>();
    try (ProjectIndex index = ProjectIndex.open(folder, embedder);
        SourceTree tree = SourceTree.working(bare)) {
      index.update(new Wanted("base", "", Instant.EPOCH), tree, Progress.SILENT);
      index.embed("base", Progress.SILENT);
      for (Map.Entry<Place, String> question : questions.entrySet()) {
        each.add(measures(found(index, question.getValue()).indexOf(question.getKey()) + 1));
      }
    }
    double[] mean = mean(each);
    int candidates = functions.values().stream().mapToInt(List::size).sum();
    System.out.printf(
        Locale.ROOT,
        "| %s | %d | %d |%s%n",
        KnowledgeBenchmark.name(repository),
        candidates,
        questions.size(),
        cells(mean));
    return Optional.of(mean);
  }

  /**
   * Writes the files of the newest commit without their comments, and remembers their functions.
   */
  private Path withoutComments(Path repository, Path folder)
      throws IOException, InterruptedException {
    String head = GitProgram.run("--git-dir=" + repository, "rev-parse", "HEAD").strip();
    GitProgram.run("init", "-q", folder.toString());
    try (SourceTree tree = SourceTree.of(repository, new CommitId(head))) {
      for (Entry entry : tree.entries()) {
        boolean test = entry.path().toLowerCase(Locale.ROOT).contains("test");
        if (entry.kind() == SourceTree.Kind.FILE && entry.path().endsWith(".java") && !test) {
          byte[] content = tree.content(entry, LARGEST).orElseThrow();
          String text = new String(content, StandardCharsets.UTF_8);
          functions.put(entry.path(), JavaFunctions.of(text));
          Path file = folder.resolve(entry.path());
          Files.createDirectories(file.getParent());
          Files.writeString(file, JavaFunctions.withoutComments(text));
        }
      }
    }
    return folder;
  }

  /** Sentences of four words at least that only one function has. */
  private Map<Place, String> questions() {
    Map<String, Long> times =
        functions.values().stream()
            .flatMap(List::stream)
            .collect(Collectors.groupingBy(JavaFunctions.Function::comment, Collectors.counting()));
    Map<Place, String> questions = new LinkedHashMap<>();
    functions.forEach((path, some) ->
        some.stream()
            .filter(one -> one.comment().split(" ", -1).length >= FEWEST_WORDS)
            .filter(one -> times.getOrDefault(one.comment(), 0L) == 1)
            .forEach(one -> questions.put(new Place(path, one.firstLine()), one.comment())));
    return questions;
  }

  /** The functions in the chunks that are found, in their order. */
  private List<Place> found(ProjectIndex index, String question) {
    Set<Place> places = new LinkedHashSet<>();
    for (Hit hit : index.search(Question.of("base", question, HITS)).hits()) {
      for (JavaFunctions.Function one : functions.getOrDefault(hit.path(), List.of())) {
        if (one.firstLine() <= hit.lastLine() && one.lastLine() >= hit.firstLine()) {
          places.add(new Place(hit.path(), one.firstLine()));
        }
      }
    }
    return List.copyOf(places);
  }

  private static double[] measures(int rank) {
    return new double[] {
      rank > 0 && rank <= 10 ? 1.0 / rank : 0,
      within(rank, 1),
      within(rank, 5),
      within(rank, 10),
      within(rank, 20)
    };
  }

  private static double within(int rank, int most) {
    return rank > 0 && rank <= most ? 1 : 0;
  }

  private static double[] mean(List<double[]> all) {
    double[] mean = new double[5];
    for (double[] one : all) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += one[i] / all.size();
      }
    }
    return mean;
  }

  private static String cells(double[] values) {
    StringBuilder cells = new StringBuilder();
    for (double value : values) {
      cells.append(String.format(Locale.ROOT, " %.3f |", value));
    }
    return cells.toString();
  }
}
