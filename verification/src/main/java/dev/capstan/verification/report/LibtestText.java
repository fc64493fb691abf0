package dev.capstan.verification.report;

import dev.capstan.verification.report.ReportedCase.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code cargo test} prints, standard error among it. Tests can print as well, so each
 * program's lines must be as many as it announced and sums up: else nothing of the text is
 * believed.
 */
final class LibtestText {
  private static final Pattern PROGRAM =
      Pattern.compile(
          " +Running (?:unittests )?(?<source>\\S+) \\(\\S*?(?<name>[^/\\\\\\s]+)-[0-9a-f]{16}(?:\\.exe)?\\)");
  private static final Pattern DOCUMENTATION = Pattern.compile(" +Doc-tests (?<name>\\S+)");
  private static final Pattern START = Pattern.compile("running (?<count>\\d{1,9}) tests?");
  private static final Pattern CASE =
      Pattern.compile("test (?<name>.+?) \\.\\.\\. (?<end>ok|FAILED|ignored|bench:)(?:[,:< ].*)?");
  private static final Pattern SUM =
      Pattern.compile(
          "test result: \\S+ (?<ok>\\d{1,9}) passed; (?<failed>\\d{1,9}) failed; (?<ignored>\\d{1,9}) ignored;"
              + " (?<measured>\\d{1,9}) measured;.*");
  private static final Pattern SAID = Pattern.compile("---- (?<name>.+) stdout ----");
  private static final int LONGEST_MESSAGE = 2_000;

  private final List<ReportedCase> cases = new ArrayList<>();
  private final List<ReportedCase> open = new ArrayList<>();
  private final Map<String, StringBuilder> said = new HashMap<>();
  private String program = "";
  private String speaker = "";
  private int announced = -1;

  private LibtestText() {}

  static boolean is(String text) {
    return text.lines().anyMatch(line -> START.matcher(line).matches());
  }

  static List<ReportedCase> read(String text) throws UnreadableReport {
    LibtestText report = new LibtestText();
    for (String line : (Iterable<String>) text.lines()::iterator) {
      report.line(line);
    }
    report.ended();
    return report.cases;
  }

  private void line(String line) throws UnreadableReport {
    Matcher running = PROGRAM.matcher(line);
    Matcher documentation = DOCUMENTATION.matcher(line);
    Matcher start = START.matcher(line);
    if (running.matches()) {
      begin(running.group("name") + " (" + running.group("source") + ")");
    } else if (documentation.matches()) {
      begin(documentation.group("name") + " (documentation)");
    } else if (start.matches()) {
      ended();
      announced = Integer.parseInt(start.group("count"));
    } else if (announced >= 0) {
      within(line);
    }
  }

  private void begin(String name) throws UnreadableReport {
    ended();
    program = name;
  }

  /** A program that gave no sum was ended early, perhaps by a test. */
  private void ended() throws UnreadableReport {
    if (announced >= 0) {
      throw new UnreadableReport(
          "the tests of " + program + " ended without \"test result\": not all of them ran");
    }
  }

  private void within(String line) throws UnreadableReport {
    Matcher test = CASE.matcher(line);
    Matcher sum = SUM.matcher(line);
    Matcher speaks = SAID.matcher(line);
    if (sum.matches()) {
      close(sum);
    } else if (speaks.matches()) {
      speaker = speaks.group("name");
    } else if (line.equals("failures:")) {
      speaker = "";
    } else if (!speaker.isEmpty()) {
      StringBuilder text = said.computeIfAbsent(speaker, _ -> new StringBuilder());
      if (text.length() < LONGEST_MESSAGE) {
        text.append(line).append('\n');
      }
    } else if (test.matches()) {
      open.add(
          new ReportedCase(
              program, test.group("name"), outcome(test.group("end")), "", Duration.ZERO));
    }
  }

  private static Outcome outcome(String end) {
    return switch (end) {
      case "FAILED" -> Outcome.FAILED;
      case "ignored" -> Outcome.SKIPPED;
      default -> Outcome.PASSED;
    };
  }

  private void close(Matcher sum) throws UnreadableReport {
    boolean agrees =
        open.size() == announced
            && count(Outcome.FAILED) == Integer.parseInt(sum.group("failed"))
            && count(Outcome.SKIPPED) == Integer.parseInt(sum.group("ignored"))
            && count(Outcome.PASSED)
                == Integer.parseInt(sum.group("ok")) + Integer.parseInt(sum.group("measured"));
    if (!agrees) {
      throw new UnreadableReport(
          "%s announced %d tests and sums up otherwise than its %d lines; does a test print?"
              .formatted(program, announced, open.size()));
    }
    open.forEach(test -> cases.add(withMessage(test)));
    open.clear();
    said.clear();
    speaker = "";
    announced = -1;
  }

  private long count(Outcome outcome) {
    return open.stream().filter(test -> test.outcome() == outcome).count();
  }

  private ReportedCase withMessage(ReportedCase test) {
    StringBuilder text = said.get(test.name());
    return text == null
        ? test
        : new ReportedCase(
            test.group(), test.name(), test.outcome(), text.toString().strip(), test.took());
  }
}
