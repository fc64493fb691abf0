package dev.capstan.bench;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.embedding.BundledEmbedder;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.index.Answer;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.Profile;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.index.Update;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How well the index finds the files that a change touched, from the words of its commit: the
 * newest commits are held out, the tree before the oldest of them is indexed, and each message is
 * asked.
 *
 * <p>Arguments: a scratch folder, whether to embed, then git folders of repositories. It reads them
 * only.
 */
final class KnowledgeBenchmark {
  private static final int COLUMNS = 7 + 2 * 5 + PackRecall.BUDGETS.size();
  private static final int HITS = 100;

  /** As many as a person or an agent asks for, with which the time is taken. */
  private static final int FEW_HITS = 10;

  private KnowledgeBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path scratch = Path.of(arguments[0]).toAbsolutePath();
    List<Ranks> all = new ArrayList<>();
    System.out.println(
        "| repository | files | files/s | index : source | commits | "
            + Ranks.HEAD
            + " no-leak commits | "
            + Ranks.HEAD
            + " query p50 | p95 | pack of "
            + PackRecall.BUDGETS.stream().map(String::valueOf).collect(Collectors.joining(" | "))
            + " |");
    System.out.println("| --- |" + " ---: |".repeat(COLUMNS));
    Optional<Embedder> embedder = embedder(arguments[1], scratch);
    for (String repository : List.of(arguments).subList(2, arguments.length)) {
      all.add(measure(Path.of(repository), scratch, embedder));
    }
    System.out.println(
        "| **mean** | | | | | %s | %s | | | | | |"
            .formatted(Ranks.average(all, Ranks::all), Ranks.average(all, Ranks::withoutLeaks)));
  }

  static Optional<Embedder> embedder(String wanted, Path scratch) {
    return Boolean.parseBoolean(wanted)
        ? Optional.of(BundledEmbedder.load(scratch.resolve("libraries")))
        : Optional.empty();
  }

  private static Ranks measure(Path repository, Path scratch, Optional<Embedder> embedder)
      throws IOException, InterruptedException {
    List<HeldOutCommit> commits = HeldOutCommit.of(repository);
    Path folder = Files.createTempDirectory(Files.createDirectories(scratch), "index");
    try (ProjectIndex index = ProjectIndex.open(folder, embedder)) {
      long started = System.nanoTime();
      Update update = indexed(index, repository, commits.getFirst().parent());
      double seconds = (System.nanoTime() - started) / 1e9;
      index.embed("base", Progress.SILENT);
      long source =
          index.newest().orElseThrow().files().stream()
              .filter(file -> file.state().isFindable())
              .mapToLong(file -> file.size())
              .sum();
      Ranks ranks = asked(index, commits);
      System.out.println(
          String.format(
              Locale.ROOT,
              "| %s | %d | %.0f | %.2f | %d | %s %d | %s %.1f ms | %.1f ms | %s |",
              name(repository),
              update.files(),
              update.parsed() / seconds,
              (double) size(folder) / source,
              commits.size(),
              ranks.all().cells(),
              ranks.withoutLeaks().count(),
              ranks.withoutLeaks().cells(),
              ranks.millis(0.5),
              ranks.millis(0.95),
              packs(index, repository, commits)));
      return ranks;
    }
  }

  private static Update indexed(ProjectIndex index, Path repository, String commit)
      throws InterruptedException {
    try (SourceTree tree = SourceTree.of(repository, new CommitId(commit))) {
      return index.update(new Wanted("base", commit, Instant.EPOCH), tree, Progress.SILENT);
    }
  }

  private static String packs(ProjectIndex index, Path repository, List<HeldOutCommit> commits) {
    CommitId base = new CommitId(commits.getFirst().parent());
    try (SourceTree tree = SourceTree.of(repository, base)) {
      return new PackRecall(index, tree).cells(commits);
    }
  }

  /** The folder that the git folder is in. */
  static String name(Path gitFolder) {
    return String.valueOf(gitFolder.toAbsolutePath().getParent()).replaceAll(".*[/+]", "");
  }

  private static Ranks asked(ProjectIndex index, List<HeldOutCommit> commits) {
    Ranks ranks = new Ranks();
    for (HeldOutCommit commit : commits) {
      Answer answer = index.search(question(commit, HITS));
      long started = System.nanoTime();
      index.search(question(commit, FEW_HITS));
      double millis = (System.nanoTime() - started) / 1e6;
      List<String> files = answer.hits().stream().map(Hit::path).distinct().toList();
      ranks.add(commit, files, millis);
    }
    return ranks;
  }

  private static Question question(HeldOutCommit commit, int most) {
    return Question.of("base", commit.question(), most).as(Profile.CHANGE);
  }

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }
}
