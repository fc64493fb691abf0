package dev.capstan.verification.report;

import dev.capstan.verification.report.ReportedCase.Outcome;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of Jest (Vitest writes the same) and of Mocha. */
final class JsonReport {
  private static final JsonMapper MAPPER = new JsonMapper();

  private JsonReport() {}

  static List<ReportedCase> read(String text) throws UnreadableReport {
    JsonNode report = parse(text);
    if (report.path("testResults").isArray()) {
      return jest(report);
    }
    if (report.path("passes").isArray() && report.path("failures").isArray()) {
      return mocha(report);
    }
    throw new UnreadableReport("the JSON is neither Jest's (testResults) nor Mocha's (passes)");
  }

  private static JsonNode parse(String text) throws UnreadableReport {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new UnreadableReport("not valid JSON: " + e.getOriginalMessage());
    }
  }

  private static List<ReportedCase> jest(JsonNode report) throws UnreadableReport {
    List<ReportedCase> cases = new ArrayList<>();
    Room room = new Room();
    for (JsonNode file : report.path("testResults")) {
      int before = cases.size();
      String name = file.path("name").asString("");
      for (JsonNode test : file.path("assertionResults")) {
        room.take(name.length());
        cases.add(jestCase(name, test));
      }
      if (before == cases.size() && file.path("status").asString("").equals("failed")) {
        String message = file.path("message").asString("");
        cases.add(testCase(name, "(the file itself)", Outcome.ERROR, message, file));
      }
    }
    return cases;
  }

  private static ReportedCase jestCase(String file, JsonNode test) throws UnreadableReport {
    List<String> group = new ArrayList<>(List.of(file));
    test.path("ancestorTitles").forEach(title -> group.add(title.asString("")));
    group.removeIf(String::isEmpty);
    List<String> messages = new ArrayList<>();
    test.path("failureMessages").forEach(message -> messages.add(message.asString("")));
    return testCase(
        String.join(" > ", group),
        test.path("title").asString(""),
        jestOutcome(test.path("status").asString("")),
        String.join("\n", messages),
        test);
  }

  private static Outcome jestOutcome(String status) throws UnreadableReport {
    return switch (status) {
      case "passed" -> Outcome.PASSED;
      case "failed" -> Outcome.FAILED;
      case "skipped", "pending", "todo", "disabled" -> Outcome.SKIPPED;
      default -> throw new UnreadableReport("a test has the unknown status '" + status + "'");
    };
  }

  /** Failures also hold hooks that failed, which are not among the tests. */
  private static List<ReportedCase> mocha(JsonNode report) {
    List<ReportedCase> cases = new ArrayList<>();
    report.path("passes").forEach(test -> cases.add(mochaCase(test, Outcome.PASSED)));
    report.path("failures").forEach(test -> cases.add(mochaCase(test, Outcome.FAILED)));
    report.path("pending").forEach(test -> cases.add(mochaCase(test, Outcome.SKIPPED)));
    return cases;
  }

  private static ReportedCase mochaCase(JsonNode test, Outcome outcome) {
    JsonNode error = test.path("err");
    String message = error.path("stack").asString(error.path("message").asString(""));
    String full = test.path("fullTitle").asString("");
    String name = full.isEmpty() ? test.path("title").asString("") : full;
    String file = test.path("file").asString("");
    return testCase(file, name, outcome, outcome == Outcome.FAILED ? message : "", test);
  }

  private static ReportedCase testCase(
      String group, String name, Outcome outcome, String message, JsonNode test) {
    double millis = test.path("duration").asDouble(0);
    return new ReportedCase(group, name, outcome, message, ReportedCase.millis(millis));
  }
}
