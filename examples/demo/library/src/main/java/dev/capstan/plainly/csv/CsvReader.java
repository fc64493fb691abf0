package dev.capstan.plainly.csv;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;

/** Reads CSV as RFC 4180 describes it: quoted fields may hold commas, quotes and line breaks. */
public final class CsvReader {
  private static final char QUOTE = '"';
  private static final char DEFAULT_SEPARATOR = ',';
  private static final int BUFFER_SIZE = 8192;

  private final String text;
  private final char separator;
  private int at;

  private CsvReader(String text, char separator) {
    this.text = text;
    this.separator = separator;
  }

  /** All rows of a text with commas, the header included. */
  public static List<List<String>> read(String text) {
    return read(text, DEFAULT_SEPARATOR);
  }

  /** All rows of a text with another separator, the header included. */
  public static List<List<String>> read(String text, char separator) {
    return new CsvReader(text, separator).rows();
  }

  private List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<List<String>>();
    while (at < text.length()) {
      rows.add(row());
    }
    return rows;
  }

  private List<String> row() {
    List<String> row = new ArrayList<>();
    row.add(field());
    while (at < text.length() && text.charAt(at) == separator) {
      at++;
      row.add(field());
    }
    skipLineBreak();
    return row;
  }

  private String field() {
    if (at < text.length() && text.charAt(at) == QUOTE) {
      return quoted();
    }
    int start = at;
    while (at < text.length() && !endsField(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    StringBuilder field = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != QUOTE) {
        field.append(c);
      } else if (at < text.length() && text.charAt(at) == QUOTE) {
        field.append(QUOTE);
        at++;
      } else {
        return field.toString();
      }
    }
    throw new IllegalArgumentException("a quoted field does not end: " + field);
  }

  private boolean endsField(char c) {
    return c == separator || c == '\n' || c == '\r';
  }

  private void skipLineBreak() {
    if (at < text.length() && text.charAt(at) == '\r') {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\n') {
      at++;
    }
  }

  /** Takes the quotes off a field. */
  private static String unquote(String field) {
    if (field.length() >= 2 && field.charAt(0) == QUOTE && field.endsWith("\"")) {
      return field.substring(1, field.length() - 1).replace("\"\"", "\"");
    }
    return field;
  }
}
