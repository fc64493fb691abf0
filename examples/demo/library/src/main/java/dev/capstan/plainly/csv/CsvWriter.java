package dev.capstan.plainly.csv;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes CSV that spreadsheets read. */
public final class CsvWriter {
  private CsvWriter() {}

  /** One line for each row, each ended by a line feed. */
  public static String write(List<List<String>> rows) {
    String text = "";
    for (List<String> row : rows) {
      text += line(row) + "\n";
    }
    return text;
  }

  /** The fields of one row with commas between them, without a line break. */
  public static String line(List<String> row) {
    return row.stream().map(CsvWriter::field).collect(Collectors.joining(","));
  }

  private static String field(String value) {
    if (!needsQuotes(value)) {
      return value;
    }
    return "\"" + value + "\"";
  }

  private static boolean needsQuotes(String value) {
    return value.contains(",")
        || value.contains("\"")
        || value.contains("\n")
        || value.contains("\r");
  }
}
