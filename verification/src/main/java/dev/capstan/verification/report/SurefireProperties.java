package dev.capstan.verification.report;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * With what Surefire started the tests that a report is about, as the report says.
 *
 * @param classPath absolute, in order; at least one
 * @param javaHome absolute
 */
public record SurefireProperties(List<String> classPath, String javaHome) {
  private static final int LONGEST = 1 << 20;
  private static final int MOST_ENTRIES = 5_000;

  public SurefireProperties {
    classPath = List.copyOf(classPath);
  }

  /** Empty if the report does not tell, as with modules or without a process of their own. */
  public static Optional<SurefireProperties> read(byte[] report) throws UnreadableReport {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    try {
      XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(report));
      try {
        return read(reader);
      } finally {
        reader.close();
      }
    } catch (XMLStreamException e) {
      throw new UnreadableReport("not well-formed XML: " + e.getMessage());
    }
  }

  /** Properties come first; what follows them is not looked at. */
  private static Optional<SurefireProperties> read(XMLStreamReader reader)
      throws XMLStreamException {
    String path = "";
    String home = "";
    while (reader.hasNext()) {
      int event = reader.next();
      if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("properties")) {
        break;
      }
      if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals("property")) {
        String value = attribute(reader, "value");
        switch (attribute(reader, "name")) {
          case "surefire.test.class.path" -> path = value;
          case "java.home" -> home = value;
          default -> {}
        }
      }
    }
    return of(path, home);
  }

  private static Optional<SurefireProperties> of(String path, String home) {
    if (path.length() > LONGEST || !isPlain(home)) {
      return Optional.empty();
    }
    List<String> entries =
        Stream.of(path.split(":", -1)).filter(entry -> !entry.isEmpty()).toList();
    boolean usable =
        !entries.isEmpty()
            && entries.size() <= MOST_ENTRIES
            && entries.stream().allMatch(SurefireProperties::isPlain);
    return usable ? Optional.of(new SurefireProperties(entries, home)) : Optional.empty();
  }

  private static boolean isPlain(String place) {
    return place.startsWith("/")
        && place.length() < 4_096
        && place.chars().noneMatch(Character::isISOControl);
  }

  private static String attribute(XMLStreamReader reader, String name) {
    String value = reader.getAttributeValue(null, name);
    return value == null ? "" : value;
  }
}
