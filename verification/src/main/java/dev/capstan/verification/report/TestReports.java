package dev.capstan.verification.report;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads a test report of any known format; the format is found in the text itself. */
public final class TestReports {
  private static final String MAY_LEAD = " \t\r\n\u00EF\u00BB\u00BF";

  private TestReports() {}

  /**
   * All cases of the report, in its order.
   *
   * @throws UnreadableReport if it is of no known format, broken, or cut off
   */
  public static List<ReportedCase> read(byte[] report) throws UnreadableReport {
    int start = start(report);
    if (start == report.length) {
      throw new UnreadableReport("the file is empty");
    }
    String text = new String(report, StandardCharsets.UTF_8);
    return switch (report[start]) {
      case '<' -> JunitXml.read(new ByteArrayInputStream(report, start, report.length - start));
      case '{' ->
          GoTestJson.is(text)
              ? GoTestJson.read(text)
              : JsonReport.read(text.substring(text.indexOf('{')));
      default -> plain(text);
    };
  }

  private static List<ReportedCase> plain(String text) throws UnreadableReport {
    if (GoTestJson.is(text)) {
      return GoTestJson.read(text);
    }
    return LibtestText.is(text) ? LibtestText.read(text) : TapText.read(text);
  }

  /** Where the text begins behind white space and the byte order mark of UTF-8. */
  private static int start(byte[] report) {
    int at = 0;
    while (at < report.length && MAY_LEAD.indexOf((char) (report[at] & 0xFF)) >= 0) {
      at++;
    }
    return at;
  }
}
