package dev.capstan.server.admin;

import dev.capstan.api.AuditView;
import dev.capstan.server.rest.ApiException;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** How the audit is written out. */
enum AuditFormat {
  JSONL("application/x-ndjson", ""),
  CSV(
      "text/csv;charset=utf-8",
      "position,at,who,token,organisation,action,resource,outcome,reason,address,hash\r\n");

  /** What a spreadsheet would take for the beginning of a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private final String mediaType;
  private final String head;

  AuditFormat(String mediaType, String head) {
    this.mediaType = mediaType;
    this.head = head;
  }

  static AuditFormat named(String name) {
    return switch (name) {
      case "jsonl" -> JSONL;
      case "csv" -> CSV;
      default -> throw ApiException.invalid("the format is jsonl or csv, not \"" + name + '"');
    };
  }

  String mediaType() {
    return mediaType;
  }

  String head() {
    return head;
  }

  String line(AuditView entry) {
    return switch (this) {
      case JSONL -> JsonMapper.shared().writeValueAsString(entry) + '\n';
      case CSV ->
          List.of(
                      String.valueOf(entry.position()),
                      entry.at().toString(),
                      entry.who(),
                      entry.token(),
                      entry.organisation(),
                      entry.action(),
                      entry.resource(),
                      entry.outcome(),
                      entry.reason(),
                      entry.address(),
                      entry.hash())
                  .stream()
                  .map(AuditFormat::cell)
                  .collect(Collectors.joining(","))
              + "\r\n";
    };
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return '"' + (formula ? "'" : "") + text.replace("\"", "\"\"") + '"';
  }
}
