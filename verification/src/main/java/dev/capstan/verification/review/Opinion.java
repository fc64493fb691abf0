package dev.capstan.verification.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a reviewer says, as it was asked to: the last JSON object of its words that has a verdict.
 *
 * @param approves false if it objects
 */
record Opinion(boolean approves, List<Objection> objections) {
  private static final int MOST_TRIED = 200;
  private static final int LONGEST = 500;

  Opinion {
    objections = List.copyOf(objections);
  }

  /**
   * Something that goes wrong.
   *
   * @param line from 1; 0 for the whole file
   */
  record Objection(String file, int line, String problem) {}

  /** Empty if nothing in the words is such an object. */
  static Optional<Opinion> read(String words) {
    int tried = 0;
    for (int start = words.lastIndexOf('{');
        start >= 0 && tried < MOST_TRIED;
        start = start == 0 ? -1 : words.lastIndexOf('{', start - 1)) {
      Optional<Opinion> opinion = parse(words.substring(start));
      if (opinion.isPresent()) {
        return opinion;
      }
      tried++;
    }
    return Optional.empty();
  }

  private static Optional<Opinion> parse(String text) {
    try (var parser = JsonMapper.shared().createParser(text)) {
      JsonNode json = parser.readValueAsTree();
      String verdict = json.path("verdict").asString("");
      boolean approves = verdict.equals("approve");
      return approves || verdict.equals("object")
          ? Optional.of(new Opinion(approves, objections(json.path("objections"))))
          : Optional.empty();
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static List<Objection> objections(JsonNode list) {
    List<Objection> objections = new ArrayList<>();
    for (JsonNode one : list) {
      String problem = one.path("problem").asString("").strip();
      objections.add(
          new Objection(
              one.path("file").asString(""),
              one.path("line").asInt(0),
              problem.substring(0, Math.min(LONGEST, problem.length()))));
    }
    return objections;
  }
}
