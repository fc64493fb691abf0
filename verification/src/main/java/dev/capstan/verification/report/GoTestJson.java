package dev.capstan.verification.report;

import dev.capstan.verification.report.ReportedCase.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code go test -json} writes: an event on each line. A test can print what looks like the
 * end of one, so the worst end counts. A test with subtests is no case itself unless it fails while
 * none of them does; a package is one if it fails while none of its tests does.
 */
final class GoTestJson {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Pattern FAILED_PACKAGE =
      Pattern.compile("FAIL\\s+(?<package>\\S+) \\[(?<why>build|setup) failed]");
  private static final int LONGEST_MESSAGE = 4_000;
  private static final String ITSELF = "(the package itself)";

  private final Map<String, Map<String, Progress>> packages = new LinkedHashMap<>();

  private GoTestJson() {}

  /** What is known of one test, or of a package as a whole. */
  private static final class Progress {
    private final StringBuilder output = new StringBuilder();
    private final List<Outcome> ends = new ArrayList<>();
    private double seconds;

    Outcome outcome() {
      if (ends.contains(Outcome.FAILED)) {
        return Outcome.FAILED;
      }
      return ends.isEmpty() ? Outcome.ERROR : ends.getLast();
    }

    boolean isBad() {
      return outcome() == Outcome.FAILED || outcome() == Outcome.ERROR;
    }
  }

  /** True if the first line that is an object is an event. */
  static boolean is(String text) {
    return text.lines()
        .filter(line -> line.startsWith("{"))
        .findFirst()
        .filter(line -> line.contains("\"Action\":") && line.endsWith("}"))
        .isPresent();
  }

  static List<ReportedCase> read(String text) throws UnreadableReport {
    GoTestJson report = new GoTestJson();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (line.startsWith("{")) {
        report.event(parse(line, number));
      } else {
        report.plain(line);
      }
    }
    return report.cases();
  }

  private static JsonNode parse(String line, int number) throws UnreadableReport {
    try {
      return MAPPER.readTree(line);
    } catch (JacksonException e) {
      throw new UnreadableReport("line " + number + " is no event: " + e.getOriginalMessage());
    }
  }

  /** Go before 1.24 tells outside the events which packages did not build. */
  private void plain(String line) {
    Matcher failed = FAILED_PACKAGE.matcher(line);
    if (failed.matches()) {
      Progress itself = progress(failed.group("package"), "");
      itself.ends.add(Outcome.FAILED);
      itself.output.append(failed.group("why")).append(" failed");
    }
  }

  private void event(JsonNode event) {
    String inPackage = event.path("Package").asString("");
    if (inPackage.isEmpty()) {
      return;
    }
    Progress progress = progress(inPackage, event.path("Test").asString(""));
    switch (event.path("Action").asString("")) {
      case "pass" -> end(progress, Outcome.PASSED, event);
      case "fail" -> end(progress, Outcome.FAILED, event);
      case "skip" -> end(progress, Outcome.SKIPPED, event);
      case "output" -> say(progress, event.path("Output").asString(""));
      default -> {
        // A test that starts, waits or goes on has no end yet.
      }
    }
  }

  private Progress progress(String inPackage, String test) {
    return packages
        .computeIfAbsent(inPackage, _ -> new LinkedHashMap<>())
        .computeIfAbsent(test, _ -> new Progress());
  }

  private static void end(Progress progress, Outcome outcome, JsonNode event) {
    progress.ends.add(outcome);
    progress.seconds = event.path("Elapsed").asDouble(0);
  }

  private static void say(Progress progress, String text) {
    boolean frame = text.startsWith("=== ") || text.stripLeading().startsWith("--- ");
    if (!frame && progress.output.length() < LONGEST_MESSAGE) {
      progress.output.append(text);
    }
  }

  private List<ReportedCase> cases() {
    List<ReportedCase> cases = new ArrayList<>();
    packages.forEach((name, tests) -> {
      boolean anyBad =
          tests.entrySet().stream().anyMatch(e -> !e.getKey().isEmpty() && e.getValue().isBad());
      tests.forEach((test, progress) -> {
        if (test.isEmpty()) {
          if (progress.isBad() && !anyBad) {
            cases.add(testCase(name, ITSELF, Outcome.ERROR, progress));
          }
        } else if (!standsForSubtests(test, tests)) {
          cases.add(testCase(name, test, progress.outcome(), progress));
        }
      });
    });
    return cases;
  }

  private static boolean standsForSubtests(String test, Map<String, Progress> tests) {
    List<Progress> below =
        tests.entrySet().stream()
            .filter(other -> other.getKey().startsWith(test + "/"))
            .map(Map.Entry::getValue)
            .toList();
    boolean failsAlone =
        tests.getOrDefault(test, new Progress()).isBad()
            && below.stream().noneMatch(Progress::isBad);
    return !below.isEmpty() && !failsAlone;
  }

  private static ReportedCase testCase(
      String name, String test, Outcome outcome, Progress progress) {
    boolean bad = outcome == Outcome.FAILED || outcome == Outcome.ERROR;
    String said = progress.output.toString().strip();
    String why = progress.ends.isEmpty() ? "it did not end. " + said : said;
    return new ReportedCase(
        name, test, outcome, bad ? why : "", ReportedCase.millis(progress.seconds * 1_000));
  }
}
