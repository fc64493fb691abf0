package dev.capstan.verification.report;

import edu.hm.hafner.coverage.Coverage;
import edu.hm.hafner.coverage.CoverageParser;
import edu.hm.hafner.coverage.FileNode;
import edu.hm.hafner.coverage.Metric;
import edu.hm.hafner.coverage.parser.CloverParser;
import edu.hm.hafner.coverage.parser.CoberturaParser;
import edu.hm.hafner.coverage.parser.JacocoParser;
import edu.hm.hafner.coverage.parser.LcovParser;
import edu.hm.hafner.util.FilteredLog;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Reads JaCoCo's XML, Cobertura, LCOV and Clover; the format is found in the text itself. */
public final class CoverageReports {
  private static final Pattern CLOVER = Pattern.compile("<coverage\\b[^>]*\\b(clover|generated)=");
  private static final int LONGEST_TAG = 4_000;

  private CoverageReports() {}

  /**
   * The files of the report.
   *
   * @throws UnreadableReport if it is of no known format or broken
   */
  public static List<CoveredFile> read(byte[] report) throws UnreadableReport {
    String text = new String(report, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    if (text.startsWith("mode: ")) {
      return GoCoverProfile.read(text);
    }
    CoverageParser parser = parser(text);
    try {
      return parser
          .parse(new StringReader(text), "report", new FilteredLog())
          .getAllFileNodes()
          .stream()
          .map(CoverageReports::file)
          .toList();
    } catch (RuntimeException e) {
      // The library signals broken input with whatever its parser threw.
      throw new UnreadableReport("not a valid coverage report: " + e.getMessage());
    }
  }

  private static CoverageParser parser(String text) throws UnreadableReport {
    if (!text.startsWith("<")) {
      if (text.startsWith("TN:") || text.startsWith("SF:")) {
        return new LcovParser();
      }
      throw new UnreadableReport(
          "neither XML nor LCOV (which begins with TN: or SF:) nor Go's (mode:)");
    }
    if (text.contains("<!ENTITY")) {
      throw new UnreadableReport("it declares entities, which no coverage tool does");
    }
    if (isClover(text)) {
      return new CloverParser(CoverageParser.ProcessingMode.FAIL_FAST);
    }
    if (text.contains("<coverage")) {
      return new CoberturaParser();
    }
    if (text.contains("<report")) {
      return new JacocoParser();
    }
    throw new UnreadableReport("the XML is neither JaCoCo's, nor Cobertura, nor Clover");
  }

  /** By the first element of that name only: a search for all would take too long in a bad file. */
  private static boolean isClover(String text) {
    int start = text.indexOf("<coverage");
    return start >= 0
        && CLOVER
            .matcher(text.substring(start, Math.min(text.length(), start + LONGEST_TAG)))
            .lookingAt();
  }

  private static CoveredFile file(FileNode file) {
    Coverage branches = file.getTypedValue(Metric.BRANCH, Coverage.nullObject(Metric.BRANCH));
    var missed = file.getMissedLines();
    var covered = file.getLinesWithCoverage();
    covered.removeAll(missed);
    return new CoveredFile(
        file.getRelativePath(), covered, missed, branches.getCovered(), branches.getTotal());
  }
}
