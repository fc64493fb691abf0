package dev.capstan.cli.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A repository whose tests take well under a second, and plans of eight steps for it: some side by
 * side with scopes of their own, some one after another. Each step writes one file in two halves
 * with a pause between them, and refuses to write one that is there already.
 */
record SampleProject(Path repository, Path plans) {
  /** Pull requests of a run: two lines for each step, eight lines for each part. */
  static final int PARTS = 2;

  static final List<String> STEPS = List.of("a", "b", "c", "d", "e", "f", "g", "h");

  private static final Map<String, List<String>> AFTER =
      Map.of(
          "c", List.of("a"),
          "d", List.of("b"),
          "e", List.of("c", "d"),
          "f", List.of("e"),
          "g", List.of("e"),
          "h", List.of("f", "g"));

  private static final String TESTS =
      """
      n=0
      for part in parts/*.txt; do
        n=$((n + 1))
        if [ "$(wc -l < "$part")" -eq 2 ]; then echo "ok $n - $part"; else echo "not ok $n - $part"; fi
      done
      echo "1..$n"
      """;

  private static final String CONFIGURATION =
      """
      toolchain:
        measure:
          - run: [sh, test.sh]
            output: stdout.tap
        reports: [/capstan/reports/stdout.tap]
      """;

  /** Each part is a pull request of its own. */
  private static final String STACK =
      """
      policy:
        pullRequestLines: 8
      """;

  private static final String WRITE =
      """
      #!/bin/sh
      set -eu
      [ ! -e "parts/$1.txt" ] || { echo "step $1 was done before" >&2; exit 9; }
      echo first > "parts/$1.txt"
      sleep "$2"
      echo second >> "parts/$1.txt"
      """;

  static SampleProject in(Path folder) throws IOException, InterruptedException {
    Path plans = Files.createDirectories(folder.resolve("plans"));
    Path script = Files.writeString(plans.resolve("write.sh"), WRITE);
    Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new SampleProject(repository(folder.resolve("sample"), STACK), plans);
  }

  /** A repository with one part, and {@code policy} beside its toolchain. */
  static Path repository(Path folder, String policy) throws IOException, InterruptedException {
    Path repository = Files.createDirectories(folder);
    Files.createDirectories(repository.resolve("parts"));
    Files.createDirectories(repository.resolve(".capstan"));
    Files.writeString(repository.resolve("parts/base.txt"), "first\nsecond\n");
    Files.writeString(repository.resolve("test.sh"), TESTS);
    Files.writeString(repository.resolve(".capstan/config.yaml"), CONFIGURATION + policy);
    Shell.begin(repository);
    return repository;
  }

  /** A new plan whose steps take 50 to 400 ms each. */
  Path plan(int number, Random random) throws IOException {
    StringBuilder plan =
        new StringBuilder("goal: Write eight parts, take " + number + "\nsteps:\n");
    for (String step : STEPS) {
      String seconds = "0." + String.format("%03d", random.nextInt(50, 400));
      plan.append("  - id: ").append(step).append("\n    kind: feat\n");
      plan.append("    run: [./write.sh, ")
          .append(step)
          .append(", '")
          .append(seconds)
          .append("']\n");
      plan.append("    after: ").append(AFTER.getOrDefault(step, List.of())).append('\n');
      plan.append("    scope: [parts/").append(step).append(".txt]\n");
    }
    return Files.writeString(plans.resolve("plan-" + number + ".yaml"), plan);
  }
}
