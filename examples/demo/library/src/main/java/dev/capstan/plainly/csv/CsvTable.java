package dev.capstan.plainly.csv;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Gives access to CSV rows by the names in the first one. */
public final class CsvTable {
  private final List<String> header;
  private final List<List<String>> rows;

  private CsvTable(List<String> header, List<List<String>> rows) {
    this.header = List.copyOf(header);
    this.rows = List.copyOf(rows);
  }

  /** Reads a text whose first row names the columns. */
  public static CsvTable parse(String text) {
    List<List<String>> rows = CsvReader.read(text);
    if (rows.isEmpty()) {
      throw new IllegalArgumentException("a table needs a row with the names of its columns");
    }
    return new CsvTable(rows.get(0), rows.subList(1, rows.size()));
  }

  /** The names of the columns, in their order. */
  public List<String> header() {
    return header;
  }

  /** Each row as a map from column to value; a short row has empty values. */
  public List<Map<String, String>> rows() {
    List<Map<String, String>> named = new ArrayList<Map<String, String>>();
    for (List<String> row : rows) {
      Map<String, String> fields = new LinkedHashMap<String, String>();
      for (int i = 0; i < header.size(); i++) {
        fields.put(header.get(i), i < row.size() ? row.get(i) : "");
      }
      named.add(fields);
    }
    return named;
  }

  /** The values of one column, from top to bottom. */
  public List<String> column(String name) {
    int index = header.indexOf(name);
    if (index < 0) {
      throw new IllegalArgumentException("there is no column " + name + " in " + header);
    }
    List<String> values = new ArrayList<>();
    for (List<String> row : rows) {
      values.add(index < row.size() ? row.get(index) : "");
    }
    return values;
  }

  private static boolean isBlankRow(List<String> row) {
    for (String field : row) {
      if (!field.isBlank()) {
        return false;
      }
    }
    return true;
  }
}
