package dev.capstan.bench;

import dev.capstan.bench.SelectionTrial.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How much of a suite is run until a broken change is known: nearest tests first, against the
 * tool's own order. The changes are real commits put the other way round: a commit's tests over the
 * code before it.
 *
 * <p>Arguments: how many commits of each repository, a scratch folder, repositories. It runs their
 * code with the rights of whoever starts it.
 */
final class TestSelectionBenchmark {
  private static final int TRIES_FOR_EACH = 4;

  private TestSelectionBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    int wanted = Integer.parseInt(arguments[0]);
    Path scratch = Path.of(arguments[1]).toAbsolutePath();
    List<Outcome.Known> known = new ArrayList<>();
    System.out.println(
        "| repository | commit | test files | failing | first of them, nearest first | tool's order |"
            + " share of files | tool's | share of test time | tool's |");
    System.out.println("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for (String source : List.of(arguments).subList(2, arguments.length)) {
      SelectionTrial trial = SelectionTrial.of(source, scratch.resolve(name(source)));
      int found = 0;
      for (String commit : trial.candidates(wanted * TRIES_FOR_EACH)) {
        if (found == wanted) {
          break;
        }
        switch (trial.carryOut(commit)) {
          case Outcome.Known one -> {
            found++;
            known.add(one);
            System.out.println(
                "| %s | %s | %s".formatted(name(source), commit.substring(0, 8), one.cells()));
          }
          case Outcome.Unknown(var why) ->
              System.out.println(
                  "| %s | %s | %s | | | | | | | |"
                      .formatted(name(source), commit.substring(0, 8), why));
        }
      }
    }
    summary(known);
  }

  private static String name(String source) {
    String path = source.replaceAll("/+$", "").replaceAll("/repo$", "").replaceAll("\\.git$", "");
    return path.substring(path.lastIndexOf('/') + 1).replaceAll(".*\\+", "");
  }

  private static void summary(List<Outcome.Known> known) {
    if (known.isEmpty()) {
      System.out.println("\nNo commit could be used.");
      return;
    }
    System.out.println(
        String.format(
            Locale.ROOT,
            "%n%d commits. Share of the test files run until the first failure, mean: %.1f %% nearest"
                + " first, %.1f %% in the tool's order; of the test time: %.1f %% and %.1f %%.",
            known.size(),
            100 * mean(known.stream().map(Outcome.Known::nearShare).toList()),
            100 * mean(known.stream().map(Outcome.Known::ownShare).toList()),
            100 * mean(known.stream().map(Outcome.Known::nearTime).toList()),
            100 * mean(known.stream().map(Outcome.Known::ownTime).toList())));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }
}
