package dev.capstan.verification.report;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import se.bjurr.violations.lib.ViolationsLogger;
import se.bjurr.violations.lib.model.SEVERITY;
import se.bjurr.violations.lib.model.Violation;
import se.bjurr.violations.lib.reports.Parser;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads Checkstyle's XML (which many tools write), SpotBugs', PMD's, SARIF, and ESLint's JSON; the
 * format is found in the text itself.
 */
public final class AnalysisReports {
  /** The library keeps whole documents, so less than what other reports may have. */
  private static final int LARGEST = 16 * 1024 * 1024;

  private static final int BEGINNING = 2_000;
  private static final int LONGEST_MESSAGE = 500;
  private static final int ESLINT_ERROR = 2;
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final ViolationsLogger SILENT = new Silent();

  private AnalysisReports() {}

  /**
   * The issues of the report.
   *
   * @throws UnreadableReport if it is of no known format or broken
   */
  public static List<ReportedIssue> read(byte[] report) throws UnreadableReport {
    if (report.length > LARGEST) {
      throw new UnreadableReport("it is larger than 16 MB");
    }
    String text = new String(report, StandardCharsets.UTF_8).replace("\uFEFF", "").stripLeading();
    return text.startsWith("<") ? xml(text) : json(text);
  }

  private static List<ReportedIssue> xml(String text) throws UnreadableReport {
    if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
      throw new UnreadableReport("it declares a document type, which no such tool does");
    }
    String beginning = text.substring(0, Math.min(BEGINNING, text.length()));
    if (beginning.contains("<checkstyle")) {
      return parsed(Parser.CHECKSTYLE, text, "</checkstyle>");
    }
    if (beginning.contains("<BugCollection")) {
      return parsed(Parser.FINDBUGS, text, "</BugCollection>");
    }
    if (beginning.contains("<pmd")) {
      return parsed(Parser.PMD, text, "</pmd>");
    }
    throw new UnreadableReport("the XML is neither Checkstyle's, nor SpotBugs', nor PMD's");
  }

  /** The library takes a report that breaks off for one that ends there. */
  private static List<ReportedIssue> parsed(Parser parser, String text, String end)
      throws UnreadableReport {
    if (!text.contains(end) && !text.stripTrailing().endsWith("/>")) {
      throw new UnreadableReport("it breaks off");
    }
    return parsed(parser, text);
  }

  private static List<ReportedIssue> parsed(Parser parser, String text) throws UnreadableReport {
    try {
      List<ReportedIssue> issues = new ArrayList<>();
      for (Violation violation : parser.getViolationsParser().parseReportOutput(text, SILENT)) {
        issues.add(issue(violation));
      }
      return issues;
    } catch (Exception e) {
      // The library signals broken input with whatever its parser threw.
      throw new UnreadableReport("not a valid report: " + e.getMessage());
    }
  }

  private static ReportedIssue issue(Violation violation) {
    int line = Optional.ofNullable(violation.getStartLine()).orElse(0);
    return new ReportedIssue(
        orEmpty(violation.getFile()),
        Math.max(0, line),
        violation.getSeverity() == SEVERITY.ERROR,
        orEmpty(violation.getRule()),
        shortened(orEmpty(violation.getMessage())));
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  private static String shortened(String message) {
    String line = message.strip().replaceAll("\\s+", " ");
    return line.substring(0, Math.min(LONGEST_MESSAGE, line.length()));
  }

  private static List<ReportedIssue> json(String text) throws UnreadableReport {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (root.path("runs").isArray()) {
        return parsed(Parser.SARIF, text);
      }
      if (root.isArray()) {
        return eslint(root);
      }
    } catch (JacksonException e) {
      throw new UnreadableReport("not valid JSON: " + e.getOriginalMessage());
    }
    throw new UnreadableReport("the JSON is neither SARIF nor ESLint's");
  }

  private static List<ReportedIssue> eslint(JsonNode files) throws UnreadableReport {
    List<ReportedIssue> issues = new ArrayList<>();
    for (JsonNode file : files) {
      if (!file.path("filePath").isString() || !file.path("messages").isArray()) {
        throw new UnreadableReport("the JSON is neither SARIF nor ESLint's");
      }
      for (JsonNode message : file.path("messages")) {
        issues.add(
            new ReportedIssue(
                file.path("filePath").asString(),
                message.path("line").asInt(0),
                message.path("severity").asInt(0) == ESLINT_ERROR,
                message.path("ruleId").asString("").toLowerCase(Locale.ROOT),
                shortened(message.path("message").asString(""))));
      }
    }
    return issues;
  }

  /** What is wrong with a report is thrown. */
  private static final class Silent implements ViolationsLogger {
    @Override
    public void log(Level level, String message) {}

    @Override
    public void log(Level level, String message, Throwable thrown) {}
  }
}
