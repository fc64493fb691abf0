package dev.capstan.verification.report;

import dev.capstan.verification.report.ReportedMutant.Fate;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The XML of PIT. */
public final class PitXml {
  private static final int MOST = 200_000;
  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 16;

  private final XMLStreamReader reader;
  private final Room room = new Room();

  private PitXml(XMLStreamReader reader) {
    this.reader = reader;
  }

  /**
   * The mutants of a report, in its order.
   *
   * @throws UnreadableReport if it is none of PIT's, broken, or larger than a sensible one
   */
  public static List<ReportedMutant> read(byte[] report) throws UnreadableReport {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(report));
      try {
        return new PitXml(reader).read();
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new UnreadableReport("not well-formed XML: " + e.getMessage());
    }
  }

  private List<ReportedMutant> read() throws XMLStreamException, UnreadableReport {
    reader.nextTag();
    if (!reader.getLocalName().equals("mutations")) {
      throw new UnreadableReport(
          "the root element is <" + reader.getLocalName() + ">, not <mutations>");
    }
    List<ReportedMutant> mutants = new ArrayList<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT) {
        if (mutants.size() == MOST) {
          throw new UnreadableReport("it has more than " + MOST + " mutants");
        }
        mutants.add(mutant());
      }
    }
    return mutants;
  }

  private ReportedMutant mutant() throws XMLStreamException, UnreadableReport {
    if (!reader.getLocalName().equals("mutation")) {
      throw new UnreadableReport("<" + reader.getLocalName() + "> in place of <mutation>");
    }
    Fate fate = fate(reader.getAttributeValue(null, "status"));
    Map<String, String> parts = parts();
    return new ReportedMutant(
        part(parts, "mutatedClass"),
        part(parts, "mutatedMethod") + part(parts, "methodDescription"),
        line(part(parts, "lineNumber")),
        parts.getOrDefault("description", part(parts, "mutator")),
        part(parts, "mutator") + " " + parts.getOrDefault("index", ""),
        fate);
  }

  /** The texts within one mutation by the name of their element; several of one name in a row. */
  private Map<String, String> parts() throws XMLStreamException, UnreadableReport {
    Map<String, String> parts = new HashMap<>();
    List<String> open = new ArrayList<>();
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          open.add(reader.getLocalName());
          if (open.size() > DEEPEST) {
            throw new UnreadableReport("its elements are nested deeper than " + DEEPEST);
          }
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!open.isEmpty() && !reader.isWhiteSpace()) {
            parts.merge(open.getLast(), text(), (one, next) -> shortened(one + " " + next));
          }
        }
        case XMLStreamConstants.END_ELEMENT -> {
          if (open.isEmpty()) {
            return parts;
          }
          open.removeLast();
        }
        default -> {}
      }
    }
  }

  private String text() throws UnreadableReport {
    String text = shortened(reader.getText().strip());
    room.take(text.length());
    return text;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
  }

  private static String part(Map<String, String> parts, String name) throws UnreadableReport {
    String part = parts.get(name);
    if (part == null) {
      throw new UnreadableReport("a mutation has no <" + name + ">");
    }
    return part;
  }

  private static int line(String text) throws UnreadableReport {
    try {
      return Math.max(0, Integer.parseInt(text));
    } catch (NumberFormatException _) {
      throw new UnreadableReport("a line number is no number");
    }
  }

  /**
   * PIT itself also counts a test process that broke down as having found the mutant; a test that
   * ends its process would then find every one.
   */
  private static Fate fate(String status) throws UnreadableReport {
    return switch (status) {
      case "KILLED", "TIMED_OUT", "MEMORY_ERROR" -> Fate.FOUND;
      case "SURVIVED", "NO_COVERAGE", "RUN_ERROR", "NOT_STARTED", "STARTED" -> Fate.SURVIVED;
      case "NON_VIABLE", "EQUIVALENT" -> Fate.UNTRIED;
      case null -> throw new UnreadableReport("a mutation has no status");
      default -> throw new UnreadableReport("a mutation has a status that is not known");
    };
  }
}
