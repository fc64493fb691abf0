package dev.capstan.bench;

import dev.capstan.bench.SuiteRun.FileResult;
import dev.capstan.verification.frozen.JudgeFiles;
import dev.capstan.verification.nearest.NearestTests;
import dev.capstan.verification.nearest.Ranking;
import dev.capstan.verification.nearest.Ranking.Near;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Commits of one repository, each with its code taken back and its tests kept. */
final class SelectionTrial {
  private static final Set<String> SOURCES = Set.of("java", "kt", "py", "js", "ts", "go", "rs");

  private final Path folder;
  private final Path tree;

  private SelectionTrial(Path folder) {
    this.folder = folder;
    this.tree = folder.resolve("tree");
  }

  /** What came of one commit. */
  sealed interface Outcome {
    /**
     * The suite tells that the change is broken.
     *
     * @param near the place of the first failing file, from 1, nearest first; {@code own} in the
     *     tool's order
     */
    record Known(
        int all,
        int failing,
        int near,
        int own,
        double nearShare,
        double ownShare,
        double nearTime,
        double ownTime)
        implements Outcome {
      String cells() {
        return String.format(
            Locale.ROOT,
            "%d | %d | %d | %d | %.1f %% | %.1f %% | %.1f %% | %.1f %% |",
            all,
            failing,
            near,
            own,
            100 * nearShare,
            100 * ownShare,
            100 * nearTime,
            100 * ownTime);
      }
    }

    record Unknown(String why) implements Outcome {}
  }

  static SelectionTrial of(String source, Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    Path log = folder.resolve("log");
    if (SuiteRun.run(folder, Map.of(), log, "git", "clone", "--quiet", source, "tree") != 0) {
      throw new IOException(source + " cannot be cloned: " + Files.readString(log).strip());
    }
    return new SelectionTrial(folder);
  }

  /** The newest commits without a merge that change a source file that was there, and a test. */
  List<String> candidates(int most) throws IOException, InterruptedException {
    List<String> found = new ArrayList<>();
    for (String commit :
        git("rev-list", "--no-merges", "--min-parents=1", "-n", "400", "HEAD").lines().toList()) {
      List<Map.Entry<String, String>> changed = changed(commit);
      boolean tests = changed.stream().anyMatch(one -> isTest(one.getValue()));
      boolean code =
          changed.stream().anyMatch(one -> isCode(one.getValue()) && one.getKey().equals("M"));
      if (tests && code && found.size() < most) {
        found.add(commit);
      }
    }
    return found;
  }

  Outcome carryOut(String commit) throws IOException, InterruptedException {
    List<Map.Entry<String, String>> code =
        changed(commit).stream().filter(one -> isCode(one.getValue())).toList();
    checkOut(commit);
    for (Map.Entry<String, String> one : code) {
      if (one.getKey().equals("A")) {
        git("rm", "--quiet", "--force", "--", one.getValue());
      } else {
        git("checkout", "--quiet", commit + "^", "--", one.getValue());
      }
    }
    Ranking ranking = rank(code.stream().map(Map.Entry::getValue).toList());
    SuiteRun reversed = SuiteRun.of(tree, folder);
    if (!(ranking instanceof Ranking.Ranked ranked) || reversed.files().isEmpty()) {
      return new Outcome.Unknown("does not build with the code before, or reports no test");
    }
    if (reversed.failing().isEmpty()) {
      return new Outcome.Unknown("no test fails with the code before");
    }
    checkOut(commit);
    Set<String> alsoWithIt = SuiteRun.of(tree, folder).failing();
    Set<String> failing =
        reversed.failing().stream()
            .filter(id -> !alsoWithIt.contains(id))
            .collect(Collectors.toSet());
    return failing.isEmpty()
        ? new Outcome.Unknown("what fails also fails with the commit")
        : compared(ranked, reversed, failing);
  }

  private static Outcome compared(Ranking.Ranked ranked, SuiteRun suite, Set<String> failing) {
    List<String> own = suite.files().stream().map(FileResult::path).toList();
    List<String> near =
        Stream.concat(ranked.near().stream().map(Near::path), ranked.far().stream())
            .filter(own::contains)
            .toList();
    Set<String> bad =
        suite.files().stream()
            .filter(file -> file.failing().stream().anyMatch(failing::contains))
            .map(FileResult::path)
            .collect(Collectors.toSet());
    if (bad.isEmpty() || near.size() < own.size()) {
      return new Outcome.Unknown("what fails belongs to no test file that is known");
    }
    int nearFirst = first(near, bad);
    int ownFirst = first(own, bad);
    return new Outcome.Known(
        own.size(),
        bad.size(),
        nearFirst,
        ownFirst,
        (double) nearFirst / own.size(),
        (double) ownFirst / own.size(),
        time(near.subList(0, nearFirst), suite.files()) / time(own, suite.files()),
        time(own.subList(0, ownFirst), suite.files()) / time(own, suite.files()));
  }

  private static int first(List<String> order, Set<String> bad) {
    return 1 + (int) order.stream().takeWhile(path -> !bad.contains(path)).count();
  }

  private static double time(List<String> paths, List<FileResult> results) {
    return results.stream()
        .filter(file -> paths.contains(file.path()))
        .mapToDouble(file -> 1.0 + file.millis())
        .sum();
  }

  private Ranking rank(List<String> changed) throws IOException, InterruptedException {
    List<String> paths = git("ls-files").lines().toList();
    return NearestTests.rank(paths, this::text, changed);
  }

  private Optional<String> text(String path) {
    try {
      return Files.isRegularFile(tree.resolve(path))
          ? Optional.of(Files.readString(tree.resolve(path), StandardCharsets.ISO_8859_1))
          : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private void checkOut(String commit) throws IOException, InterruptedException {
    git("reset", "--quiet", "--hard");
    git("clean", "-qfdx", "-e", "node_modules");
    git("checkout", "--quiet", "--force", "--detach", commit);
  }

  private List<Map.Entry<String, String>> changed(String commit)
      throws IOException, InterruptedException {
    return git("diff", "--name-status", "--no-renames", commit + "^", commit)
        .lines()
        .map(line -> line.split("\t", 2))
        .filter(parts -> parts.length == 2)
        .map(parts -> Map.entry(parts[0], parts[1]))
        .toList();
  }

  private static boolean isTest(String path) {
    return JudgeFiles.kindOf(path).filter(kind -> kind == JudgeFiles.Kind.TEST).isPresent();
  }

  private static boolean isCode(String path) {
    return JudgeFiles.kindOf(path).isEmpty()
        && SOURCES.contains(path.substring(path.lastIndexOf('.') + 1))
        && !path.contains("examples/")
        && !path.contains("docs/");
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    Path out = folder.resolve("git.out");
    String[] argv = Stream.concat(Stream.of("git"), Stream.of(arguments)).toArray(String[]::new);
    SuiteRun.run(tree, Map.of(), out, argv);
    return Files.readString(out).strip();
  }
}
