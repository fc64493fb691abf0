package dev.capstan.verification;

import dev.capstan.verification.Measurement.Analysis;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Measurement.Coverage;
import dev.capstan.verification.Measurement.FileCoverage;
import dev.capstan.verification.Measurement.Issue;
import dev.capstan.verification.Measurement.Status;
import dev.capstan.verification.Measurement.TestCase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Measurements as JSON. The names are part of the stored format: they stay when classes are
 * renamed, and a change of their meaning takes a new version; what was not measured before may be
 * missing. Durations are in milliseconds.
 */
public final class MeasurementCodec {
  private static final int VERSION = 1;
  private static final JsonMapper MAPPER = new JsonMapper();

  private MeasurementCodec() {}

  public static String write(Measurement measurement) {
    ObjectNode json = MAPPER.createObjectNode().put("version", VERSION);
    json.set("build", build(measurement.build()));
    ArrayNode tests = json.putArray("tests");
    measurement.tests().forEach(test -> tests.add(test(test)));
    ArrayNode problems = json.putArray("problems");
    measurement.problems().forEach(problems::add);
    json.set("coverage", coverage(measurement.coverage()));
    if (!measurement.analysis().equals(Analysis.NONE)) {
      json.set("analysis", analysis(measurement.analysis()));
    }
    if (!measurement.flaky().isEmpty()) {
      ArrayNode flaky = json.putArray("flaky");
      measurement.flaky().forEach(flaky::add);
    }
    json.put("tookMillis", measurement.took().toMillis());
    return MAPPER.writeValueAsString(json);
  }

  /**
   * The measurement that was written.
   *
   * @throws IllegalArgumentException if the text is not JSON, of an unknown version, or lacks
   *     something; the message says what
   */
  public static Measurement read(String json) {
    try {
      JsonNode node = MAPPER.readTree(json);
      int version = node.required("version").asInt();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "a measurement of version " + version + "; this release reads version " + VERSION);
      }
      return new Measurement(
          readBuild(node.required("build")),
          list(node.required("tests"), MeasurementCodec::readTest),
          list(node.required("problems"), JsonNode::asString),
          readCoverage(node.required("coverage")),
          node.has("analysis") ? readAnalysis(node.required("analysis")) : Analysis.NONE,
          list(node.path("flaky"), JsonNode::asString),
          millis(node.required("tookMillis")));
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not a measurement: " + e.getOriginalMessage(), e);
    }
  }

  private static ObjectNode build(Build build) {
    ObjectNode json = MAPPER.createObjectNode();
    return switch (build) {
      case Build.Built(int exitCode, List<String> errors) -> {
        json.put("state", "built").put("exitCode", exitCode);
        if (!errors.isEmpty()) {
          ArrayNode lines = json.putArray("errors");
          errors.forEach(lines::add);
        }
        yield json;
      }
      case Build.Broken(String reason, List<String> errors) -> {
        json.put("state", "broken").put("reason", reason);
        ArrayNode lines = json.putArray("errors");
        errors.forEach(lines::add);
        yield json;
      }
      case Build.NotRun(String reason) -> json.put("state", "notRun").put("reason", reason);
      case Build.TimedOut(Duration limit) ->
          json.put("state", "timedOut").put("limitMillis", limit.toMillis());
    };
  }

  private static Build readBuild(JsonNode json) {
    String state = json.required("state").asString();
    return switch (state) {
      case "built" ->
          new Build.Built(
              json.required("exitCode").asInt(), list(json.path("errors"), JsonNode::asString));
      case "broken" ->
          new Build.Broken(
              json.required("reason").asString(),
              list(json.required("errors"), JsonNode::asString));
      case "notRun" -> new Build.NotRun(json.required("reason").asString());
      case "timedOut" -> new Build.TimedOut(millis(json.required("limitMillis")));
      default -> throw new IllegalArgumentException("unknown state of a build: " + state);
    };
  }

  private static ObjectNode test(TestCase test) {
    return MAPPER
        .createObjectNode()
        .put("id", test.id())
        .put("status", status(test.status()))
        .put("message", test.message())
        .put("tookMillis", test.took().toMillis());
  }

  private static TestCase readTest(JsonNode json) {
    return new TestCase(
        json.required("id").asString(),
        readStatus(json.required("status").asString()),
        json.required("message").asString(),
        millis(json.required("tookMillis")));
  }

  private static String status(Status status) {
    return switch (status) {
      case PASSED -> "passed";
      case FAILED -> "failed";
      case ERROR -> "error";
      case SKIPPED -> "skipped";
    };
  }

  private static Status readStatus(String status) {
    return switch (status) {
      case "passed" -> Status.PASSED;
      case "failed" -> Status.FAILED;
      case "error" -> Status.ERROR;
      case "skipped" -> Status.SKIPPED;
      default -> throw new IllegalArgumentException("unknown status of a test: " + status);
    };
  }

  private static ObjectNode coverage(Coverage coverage) {
    ObjectNode json = MAPPER.createObjectNode();
    return switch (coverage) {
      case Coverage.NotMeasured(String reason) -> json.put("notMeasured", reason);
      case Coverage.Measured(List<FileCoverage> files) -> {
        ArrayNode list = json.putArray("files");
        files.forEach(file -> list.add(file(file)));
        yield json;
      }
    };
  }

  private static Coverage readCoverage(JsonNode json) {
    return json.has("notMeasured")
        ? new Coverage.NotMeasured(json.required("notMeasured").asString())
        : new Coverage.Measured(list(json.required("files"), MeasurementCodec::readFile));
  }

  private static ObjectNode file(FileCoverage file) {
    return MAPPER
        .createObjectNode()
        .put("path", file.path())
        .put("linesCovered", file.linesCovered())
        .put("linesMissed", file.linesMissed())
        .put("branchesCovered", file.branchesCovered())
        .put("branchesMissed", file.branchesMissed())
        .put("missedLines", LineRanges.write(file.missedLines()))
        .put("coveredLines", LineRanges.write(file.coveredLines()));
  }

  private static FileCoverage readFile(JsonNode json) {
    return new FileCoverage(
        json.required("path").asString(),
        json.required("linesCovered").asInt(),
        json.required("linesMissed").asInt(),
        json.required("branchesCovered").asInt(),
        json.required("branchesMissed").asInt(),
        LineRanges.read(json.required("missedLines").asString()),
        LineRanges.read(json.required("coveredLines").asString()));
  }

  private static ObjectNode analysis(Analysis analysis) {
    ObjectNode json = MAPPER.createObjectNode();
    return switch (analysis) {
      case Analysis.NotMeasured(String reason) -> json.put("notMeasured", reason);
      case Analysis.Measured(List<Issue> issues) -> {
        ArrayNode list = json.putArray("issues");
        issues.forEach(issue -> list.add(issue(issue)));
        yield json;
      }
    };
  }

  private static Analysis readAnalysis(JsonNode json) {
    return json.has("notMeasured")
        ? new Analysis.NotMeasured(json.required("notMeasured").asString())
        : new Analysis.Measured(list(json.required("issues"), MeasurementCodec::readIssue));
  }

  private static ObjectNode issue(Issue issue) {
    return MAPPER
        .createObjectNode()
        .put("path", issue.path())
        .put("line", issue.line())
        .put("error", issue.error())
        .put("type", issue.type())
        .put("message", issue.message());
  }

  private static Issue readIssue(JsonNode json) {
    return new Issue(
        json.required("path").asString(),
        json.required("line").asInt(),
        json.required("error").asBoolean(),
        json.required("type").asString(),
        json.required("message").asString());
  }

  private static Duration millis(JsonNode json) {
    return Duration.ofMillis(json.asLong());
  }

  private static <T> List<T> list(JsonNode array, Function<JsonNode, T> read) {
    List<T> all = new ArrayList<>(array.size());
    array.forEach(element -> all.add(read.apply(element)));
    return all;
  }
}
