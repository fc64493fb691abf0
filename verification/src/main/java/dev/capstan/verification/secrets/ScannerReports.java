package dev.capstan.verification.secrets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what other programs report. Their texts hold what strangers wrote. */
public final class ScannerReports {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int MOST = 1_000;

  private ScannerReports() {}

  /** The JSON report of gitleaks 8: a list of findings; empty if it is none. */
  public static Optional<List<ReportedSecret>> gitleaks(String report) {
    try {
      JsonNode all = MAPPER.readTree(report);
      if (!all.isArray()) {
        return Optional.empty();
      }
      List<ReportedSecret> found = new ArrayList<>();
      for (JsonNode one : all) {
        add(one.path("File"), one.path("StartLine"), one.path("RuleID"), one.path("Secret"), found);
      }
      return Optional.of(List.copyOf(found));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  /** What trufflehog 3 prints with {@code --json}: a finding in each line; empty if one is none. */
  public static Optional<List<ReportedSecret>> trufflehog(List<String> lines) {
    List<ReportedSecret> found = new ArrayList<>();
    try {
      for (String line : lines.stream().filter(text -> !text.isBlank()).toList()) {
        JsonNode one = MAPPER.readTree(line);
        JsonNode place = one.path("SourceMetadata").path("Data").path("Filesystem");
        if (!one.isObject()) {
          return Optional.empty();
        }
        add(
            place.path("file"),
            place.path("line"),
            one.path("DetectorName"),
            one.path("Raw"),
            found);
      }
      return Optional.of(List.copyOf(found));
    } catch (JacksonException _) {
      return Optional.empty();
    }
  }

  private static void add(
      JsonNode file, JsonNode line, JsonNode rule, JsonNode value, List<ReportedSecret> found) {
    String secret = value.isString() ? value.asString() : "";
    if (!secret.isBlank() && found.size() < MOST) {
      found.add(
          new ReportedSecret(
              file.isString() ? file.asString() : "",
              line.isInt() ? Math.max(0, line.asInt()) : 0,
              rule.isString() ? rule.asString() : "secret",
              secret));
    }
  }
}
