package dev.capstan.workspace.toolchain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How the tests of a package are run so that they leave a report.
 *
 * @param argv empty when there is no test script
 * @param environment beyond that of every npm command
 * @param reports globs; empty when the runner leaves no report we can read
 * @param coverage globs
 * @param choosing how only some tests are run
 */
record NodeTests(
    String reason,
    List<String> argv,
    Map<String, String> environment,
    Output output,
    List<String> reports,
    List<String> coverage,
    Choosing choosing) {
  private static final String JUNIT = Toolchain.report("junit.xml");
  private static final String COVERAGE = Toolchain.report("coverage");
  private static final String LCOV = COVERAGE + "/lcov.info";
  private static final String TAP = "stdout.tap";
  private static final List<String> OWN_LCOV = List.of("coverage/lcov.info");

  private static final Choosing NO_CHOICE =
      new Choosing.Impossible("its test runner can't be told which tests to run");

  static NodeTests of(PackageJson json) {
    Optional<String> line = json.script("test");
    if (line.isEmpty()) {
      return unreported("no test script, so there are no tests to report", List.of());
    }
    TestScript script = new TestScript(line.get());
    return switch (script.runner()) {
      case NODE -> node(script, json.script("pretest").isPresent());
      case VITEST -> vitest(script, json);
      case JEST -> jest(script);
      case MOCHA -> mocha(script, json);
      case AVA -> tap("ava", "--tap");
      case TAPE -> tap("tape");
      case TAP -> tap("tap", "--reporter=tap");
      case UNKNOWN ->
          unreported(
              "the test script ends in no runner whose report is known, so its tests count as not"
                  + " run; name command and reports in "
                  + ConfiguredToolchain.FILE,
              List.of("npm", "test"));
    };
  }

  /** The same, but which tests to run is beyond an argument. */
  NodeTests withoutChoice() {
    return new NodeTests(reason, argv, environment, output, reports, coverage, NO_CHOICE);
  }

  /** The command, where there is a test script. */
  Optional<ToolCommand> command(Map<String, String> common) {
    if (argv.isEmpty()) {
      return Optional.empty();
    }
    Map<String, String> all = new HashMap<>(common);
    all.putAll(environment);
    return Optional.of(ToolCommand.tests(argv, all).withOutput(output).chosenBy(choosing));
  }

  /**
   * Node takes its options before the files, so a plain command is called with ours put in, and
   * coverage; any other script gets them by NODE_OPTIONS, where coverage is not allowed.
   */
  private static NodeTests node(TestScript script, boolean hook) {
    List<String> words = script.plainWords();
    List<String> reporters =
        List.of(
            "--test-reporter=spec",
            "--test-reporter-destination=stdout",
            "--test-reporter=junit",
            "--test-reporter-destination=" + JUNIT);
    List<String> start = Stream.concat(Stream.of("node"), reporters.stream()).toList();
    Choosing choosing = hook ? NO_CHOICE : NodeChoosing.node(script.line(), start);
    if (hook || words.isEmpty() || !words.getFirst().equals("node")) {
      Map<String, String> options = Map.of("NODE_OPTIONS", String.join(" ", reporters));
      return new NodeTests(
          "node --test, by NODE_OPTIONS, so without coverage",
          List.of("npm", "test"),
          options,
          new Output.Logged(),
          List.of(JUNIT),
          List.of(),
          choosing);
    }
    List<String> argv = new ArrayList<>(List.of("node", "--experimental-test-coverage"));
    argv.addAll(reporters);
    argv.addAll(
        List.of(
            "--test-reporter=lcov",
            "--test-reporter-destination=" + Toolchain.report("lcov.info")));
    argv.addAll(words.subList(1, words.size()));
    return new NodeTests(
        "node --test",
        argv,
        Map.of(),
        new Output.Logged(),
        List.of(JUNIT),
        List.of(Toolchain.report("lcov.info")),
        choosing);
  }

  private static NodeTests vitest(TestScript script, PackageJson json) {
    boolean covers =
        json.dependsOn("@vitest/coverage-v8") || json.dependsOn("@vitest/coverage-istanbul");
    List<String> plain =
        List.of("--run", "--reporter=default", "--reporter=junit", "--outputFile.junit=" + JUNIT);
    List<String> arguments = new ArrayList<>(plain);
    if (covers) {
      arguments.addAll(
          List.of(
              "--coverage.enabled=true",
              "--coverage.reporter=lcovonly",
              "--coverage.reportOnFailure=true",
              "--coverage.reportsDirectory=" + COVERAGE));
    }
    String reason = covers ? "vitest" : "vitest, without coverage: no @vitest/coverage package";
    return new NodeTests(
        reason,
        npmTest(arguments),
        Map.of(),
        new Output.Logged(),
        List.of(JUNIT),
        covers ? List.of(LCOV) : List.of(),
        NodeChoosing.vitest(script.lastCommand(), npmTest(plain)));
  }

  private static NodeTests jest(TestScript script) {
    String report = Toolchain.report("jest.json");
    List<String> arguments =
        List.of(
            "--json",
            "--outputFile=" + report,
            "--coverage",
            "--coverageReporters=lcovonly",
            "--coverageDirectory=" + COVERAGE);
    return new NodeTests(
        "jest",
        npmTest(arguments),
        Map.of(),
        new Output.Logged(),
        List.of(report),
        List.of(LCOV),
        NodeChoosing.jest(script.lastCommand(), npmTest(arguments.subList(0, 2))));
  }

  /**
   * Mocha refuses a second reporter, so a plain script that names one is called without it; and
   * without its wish to end at the first failure, which would hide how all other cases end.
   */
  private static NodeTests mocha(TestScript script, PackageJson json) {
    List<String> reporter = List.of("--reporter", "xunit", "--reporter-options", "output=" + JUNIT);
    List<String> own = withoutBail(script.plainWordsWithout("--reporter", "-R"));
    boolean namesOurs = !own.isEmpty() && own.size() < script.plainWords().size();
    List<String> argv =
        namesOurs && own.getFirst().equals("mocha")
            ? Stream.of(List.of("npx", "--no-install"), own, reporter)
                .flatMap(List::stream)
                .toList()
            : npmTest(reporter);
    Choosing choosing =
        json.script("pretest").isPresent()
            ? NO_CHOICE
            : NodeChoosing.mocha(
                String.join(" ", withoutBail(script.wordsWithout("--reporter", "-R"))), reporter);
    return new NodeTests(
        "mocha", argv, Map.of(), new Output.Logged(), List.of(JUNIT), OWN_LCOV, choosing);
  }

  private static List<String> withoutBail(List<String> words) {
    return words.stream().filter(word -> !word.equals("--bail") && !word.equals("-b")).toList();
  }

  private static NodeTests tap(String runner, String... arguments) {
    return new NodeTests(
        runner + ", read from its output",
        npmTest(List.of(arguments)),
        Map.of(),
        new Output.Kept(TAP),
        List.of(Toolchain.report(TAP)),
        OWN_LCOV,
        NO_CHOICE);
  }

  private static NodeTests unreported(String reason, List<String> argv) {
    return new NodeTests(
        reason, argv, Map.of(), new Output.Logged(), List.of(), List.of(), NO_CHOICE);
  }

  private static List<String> npmTest(List<String> arguments) {
    return Stream.concat(Stream.of("npm", "--silent", "test", "--"), arguments.stream()).toList();
  }
}
