package dev.capstan.bench;

import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import dev.capstan.verification.Reports;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.ToolCommand;
import dev.capstan.workspace.toolchain.Toolchain;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole suite, run once with the project's own tool, by test file and in the order of the tool.
 * For Maven and pytest, whose cases tell their file.
 */
record SuiteRun(List<FileResult> files, Set<String> failing) {
  private static final Pattern RUNNING = Pattern.compile("Running ([\\w.$]+)");
  private static final Pattern OUTER = Pattern.compile("^(?:.*/)?src/[a-z]+/(?:java|kotlin)/");

  /** What came of the cases of one file. */
  record FileResult(String path, Set<String> failing, long millis) {}

  static SuiteRun of(Path tree, Path folder) throws IOException, InterruptedException {
    if (!(Toolchains.detect(tree) instanceof Detection.Found(Toolchain toolchain))) {
      return new SuiteRun(List.of(), Set.of());
    }
    Path reports = folder.resolve("reports");
    Files.createDirectories(reports);
    for (String name : List.of("pytest.xml", "coverage.xml")) {
      Files.deleteIfExists(reports.resolve(name));
    }
    Path log = folder.resolve("log");
    int code = 0;
    for (ToolCommand command : toolchain.measure()) {
      code = run(tree, environment(command, folder), log, argv(command, folder));
    }
    CommandResult result = new CommandResult(new Ending.Ended(code), Duration.ZERO, lastLines(log));
    List<String> globs =
        toolchain.reportGlobs().stream()
            .map(glob -> glob.replace(Toolchain.REPORTS + "/", ""))
            .toList();
    Measurement measurement = Reports.measure(result, tree, reports, globs, List.of());
    return measurement.build() instanceof Build.Broken
        ? new SuiteRun(List.of(), Set.of())
        : byFile(tree, measurement, Files.readString(log));
  }

  /** Without coverage, and only as far as the tests. */
  private static String[] argv(ToolCommand command, Path folder) {
    return command.argv().stream()
        .filter(word -> !word.contains("jacoco"))
        .map(word -> word.equals("verify") ? "test" : outside(word, folder))
        .toArray(String[]::new);
  }

  private static Map<String, String> environment(ToolCommand command, Path folder) {
    return command.environment().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> outside(one.getValue(), folder)));
  }

  private static String outside(String text, Path folder) {
    return text.replace(Toolchain.REPORTS, folder.resolve("reports").toString())
        .replace("/capstan/cache", folder.resolveSibling("cache").toString());
  }

  private static List<String> lastLines(Path log) throws IOException {
    List<String> lines = Files.readAllLines(log);
    return lines.subList(Math.max(0, lines.size() - 200), lines.size());
  }

  private static SuiteRun byFile(Path tree, Measurement measurement, String log)
      throws IOException {
    Map<String, String> names = names(tree);
    Map<String, List<TestCase>> cases = new LinkedHashMap<>();
    RUNNING
        .matcher(log)
        .results()
        .map((MatchResult match) -> match.group(1))
        .forEach(running ->
            file(running, names).ifPresent(path -> cases.putIfAbsent(path, new ArrayList<>())));
    for (TestCase test : measurement.tests()) {
      file(test.id(), names)
          .ifPresent(path -> cases.computeIfAbsent(path, _ -> new ArrayList<>()).add(test));
    }
    List<FileResult> files =
        cases.entrySet().stream().map(one -> result(one.getKey(), one.getValue())).toList();
    return new SuiteRun(files, failing(measurement.tests()));
  }

  private static FileResult result(String path, List<TestCase> tests) {
    return new FileResult(
        path, failing(tests), tests.stream().mapToLong(test -> test.took().toMillis()).sum());
  }

  private static Set<String> failing(List<TestCase> tests) {
    return tests.stream()
        .filter(test -> test.status() == Status.FAILED || test.status() == Status.ERROR)
        .map(TestCase::id)
        .collect(Collectors.toSet());
  }

  /** Files by the name that their cases begin with. */
  private static Map<String, String> names(Path tree) throws IOException {
    try (Stream<Path> walk = Files.walk(tree)) {
      return walk.map(file -> tree.relativize(file).toString())
          .filter(path -> path.endsWith(".java") || path.endsWith(".kt") || path.endsWith(".py"))
          .filter(path -> !path.contains("src/main/"))
          .collect(
              Collectors.toMap(
                  path ->
                      OUTER
                          .matcher(path)
                          .replaceFirst("")
                          .replaceFirst("\\.\\w+$", "")
                          .replace('/', '.'),
                  path -> path,
                  (one, _) -> one));
    }
  }

  private static Optional<String> file(String id, Map<String, String> names) {
    return names.keySet().stream()
        .filter(name ->
            id.equals(name)
                || (id.startsWith(name) && " .$".indexOf(id.charAt(name.length())) >= 0))
        .max(Comparator.comparingInt(String::length))
        .map(names::get);
  }

  /** The exit code. */
  static int run(Path folder, Map<String, String> environment, Path out, String... argv)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(argv)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .redirectInput(Path.of("/dev/null").toFile());
    builder.environment().putAll(environment);
    return builder.start().waitFor();
  }
}
