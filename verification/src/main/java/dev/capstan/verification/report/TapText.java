package dev.capstan.verification.report;

import dev.capstan.verification.report.ReportedCase.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text of the Test Anything Protocol, subtests included: a point whose subtests stand before it,
 * four spaces further in, is no case itself unless it fails while none of them does.
 */
final class TapText {
  private static final Pattern POINT =
      Pattern.compile("(?<not>not )?ok\\b(?: (?<number>\\d+))?(?: -)?(?<rest>.*)");
  private static final Pattern PLAN = Pattern.compile("1\\.\\.(?<last>\\d{1,9})(?: .*)?");
  private static final Pattern DIRECTIVE =
      Pattern.compile("(?<name>.*?)(?<!\\\\)# ?(?:skip|todo)\\b.*", Pattern.CASE_INSENSITIVE);
  private static final Pattern ERROR = Pattern.compile("(?:error|message): (?<text>.*)");

  private final TreeMap<Integer, List<ReportedCase>> waiting = new TreeMap<>();
  private final Room room = new Room();
  private long planned = -1;
  private long points;
  private boolean inDetails;
  private boolean mayHaveDetails;
  private int lastDepth;

  private TapText() {}

  static List<ReportedCase> read(String text) throws UnreadableReport {
    TapText report = new TapText();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      report.line(line);
    }
    return report.end();
  }

  private void line(String line) throws UnreadableReport {
    String content = line.strip();
    if (inDetails || (mayHaveDetails && content.equals("---"))) {
      details(content);
      return;
    }
    mayHaveDetails = false;
    int depth = (line.length() - line.stripLeading().length()) / 4;
    Matcher point = POINT.matcher(content);
    Matcher plan = PLAN.matcher(content);
    if (content.startsWith("Bail out!")) {
      throw new UnreadableReport("the tests gave up: " + content);
    } else if (point.matches()) {
      point(depth, point.group("not") != null, point.group("rest").strip());
    } else if (depth == 0 && plan.matches()) {
      planned = Long.parseLong(plan.group("last"));
    }
  }

  private void details(String content) {
    inDetails = !content.equals("...");
    mayHaveDetails = false;
    Matcher error = ERROR.matcher(content);
    List<ReportedCase> siblings = waiting.getOrDefault(lastDepth, List.of());
    if (error.matches() && !siblings.isEmpty()) {
      ReportedCase last = siblings.removeLast();
      boolean passed = last.outcome() == Outcome.PASSED || !last.message().isEmpty();
      String message = passed ? last.message() : error.group("text");
      siblings.add(
          new ReportedCase(last.group(), last.name(), last.outcome(), message, last.took()));
    }
  }

  private void point(int depth, boolean failed, String rest) throws UnreadableReport {
    Matcher directive = DIRECTIVE.matcher(rest);
    boolean skipped = directive.matches();
    String name = (skipped ? directive.group("name") : rest).replace("\\#", "#").strip();
    Outcome outcome = skipped ? Outcome.SKIPPED : failed ? Outcome.FAILED : Outcome.PASSED;
    points += depth == 0 ? 1 : 0;
    List<ReportedCase> inner = takeDeeperThan(depth);
    List<ReportedCase> siblings = waiting.computeIfAbsent(depth, _ -> new ArrayList<>());
    for (ReportedCase test : inner) {
      room.take(name.length() + test.group().length());
      siblings.add(test.within(name));
    }
    boolean explained = inner.stream().anyMatch(test -> test.outcome() == Outcome.FAILED);
    if (inner.isEmpty() || (outcome == Outcome.FAILED && !explained)) {
      siblings.add(new ReportedCase("", name, outcome, "", Duration.ZERO));
      lastDepth = depth;
      mayHaveDetails = true;
    } else {
      lastDepth = -1;
      mayHaveDetails = true;
    }
  }

  private List<ReportedCase> takeDeeperThan(int depth) {
    List<ReportedCase> taken = new ArrayList<>();
    var deeper = waiting.tailMap(depth, false);
    deeper.values().forEach(taken::addAll);
    deeper.clear();
    return taken;
  }

  private List<ReportedCase> end() throws UnreadableReport {
    if (planned < 0) {
      throw new UnreadableReport("neither XML nor JSON, nor TAP with a plan (a line such as 1..3)");
    }
    if (planned != points) {
      throw new UnreadableReport(
          "the plan is 1..%d, but %d points were reported".formatted(planned, points));
    }
    List<ReportedCase> cases = new ArrayList<>();
    waiting.values().forEach(cases::addAll);
    return cases;
  }
}
