package dev.capstan.verification.report;

import dev.capstan.verification.report.ReportedCase.Outcome;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The XML of JUnit as Surefire, Gradle, pytest, Vitest, Jest, Mocha and Node write it.
 *
 * <p>There is no standard. A case belongs to its {@code classname}, or to its suites where it has
 * none (Node calls every class "test"). Elements within a case decide how it ended: skipped wins,
 * as Node reports a failing "to do" as both.
 */
final class JunitXml {
  private static final Set<String> NOT_RUN =
      Set.of("skipped", "disabled", "notrun", "ignored", "suppressed", "pending");
  private static final String NO_CLASS_OF_NODE = "test";

  private final XMLStreamReader reader;
  private final Deque<String> suites = new ArrayDeque<>();
  private final List<ReportedCase> cases = new ArrayList<>();
  private final Room room = new Room();

  private JunitXml(XMLStreamReader reader) {
    this.reader = reader;
  }

  static List<ReportedCase> read(InputStream report) throws UnreadableReport {
    try {
      XMLStreamReader reader = factory().createXMLStreamReader(report);
      try {
        return new JunitXml(reader).read();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new UnreadableReport("not well-formed XML: " + e.getMessage());
    }
  }

  private static XMLInputFactory factory() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  private List<ReportedCase> read() throws XMLStreamException, UnreadableReport {
    reader.nextTag();
    String root = reader.getLocalName();
    if (!root.equals("testsuites") && !root.equals("testsuite")) {
      throw new UnreadableReport("the root element is <" + root + ">, not <testsuites>");
    }
    if (root.equals("testsuite")) {
      suites.addLast(attribute("name"));
    }
    while (reader.hasNext()) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> start(reader.getLocalName());
        case XMLStreamConstants.END_ELEMENT -> end(reader.getLocalName());
        default -> {}
      }
    }
    return cases;
  }

  private void start(String element) throws XMLStreamException, UnreadableReport {
    switch (element) {
      case "testsuite" -> suites.addLast(attribute("name"));
      case "testcase" -> cases.add(testCase());
      case "error", "failure" -> cases.add(suiteFailure());
      default -> skip();
    }
  }

  private void end(String element) {
    if (element.equals("testsuite")) {
      suites.pollLast();
    }
  }

  /** A suite that fails as a whole counts as a case of its own. */
  private ReportedCase suiteFailure() throws XMLStreamException, UnreadableReport {
    String message = message();
    return new ReportedCase(suite(), "(the suite itself)", Outcome.ERROR, message, Duration.ZERO);
  }

  private ReportedCase testCase() throws XMLStreamException, UnreadableReport {
    String group = group(attribute("classname"));
    String name = attribute("name");
    String time = attribute("time");
    Outcome outcome = declared();
    String message = "";
    while (reader.next() != XMLStreamConstants.END_ELEMENT) {
      if (reader.getEventType() != XMLStreamConstants.START_ELEMENT) {
        continue;
      }
      Outcome found = outcome(reader.getLocalName());
      if (found == Outcome.PASSED) {
        skip();
      } else if (found.compareTo(outcome) > 0) {
        outcome = found;
        message = message();
      } else {
        skip();
      }
    }
    return new ReportedCase(group, name, outcome, message, ReportedCase.seconds(time));
  }

  private Outcome declared() {
    boolean notRun =
        NOT_RUN.contains(attribute("status").toLowerCase(Locale.ROOT))
            || NOT_RUN.contains(attribute("result").toLowerCase(Locale.ROOT));
    return notRun ? Outcome.SKIPPED : Outcome.PASSED;
  }

  /** Of several the last in the order of {@link Outcome} counts. */
  private static Outcome outcome(String element) {
    return switch (element) {
      case "failure" -> Outcome.FAILED;
      case "error" -> Outcome.ERROR;
      case "skipped" -> Outcome.SKIPPED;
      default -> Outcome.PASSED;
    };
  }

  private String group(String className) throws UnreadableReport {
    if (!className.isEmpty() && !className.equals(NO_CLASS_OF_NODE)) {
      return className;
    }
    return suite();
  }

  private String suite() throws UnreadableReport {
    room.take(suites.stream().mapToLong(name -> name.length() + 3L).sum());
    return suites.stream().filter(name -> !name.isEmpty()).collect(Collectors.joining(" > "));
  }

  private String message() throws XMLStreamException {
    String summary = attribute("message");
    String text = text().strip();
    if (summary.isBlank() || text.startsWith(summary.strip())) {
      return text;
    }
    return text.isEmpty() ? summary : summary + "\n" + text;
  }

  /** All text within the current element; afterwards the reader is on its end. */
  private String text() throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    for (int depth = 1; depth > 0; ) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> depth++;
        case XMLStreamConstants.END_ELEMENT -> depth--;
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA ->
            text.append(reader.getText());
        default -> {}
      }
    }
    return text.toString();
  }

  private void skip() throws XMLStreamException {
    text();
  }

  private String attribute(String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
