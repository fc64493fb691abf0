package dev.capstan.cli.view;

import java.util.ArrayList;
import java.util.List;

/** Columns of text under headings; cells are made visible and cut at 60 characters. */
public final class Table {
  private static final int WIDEST = 60;

  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... headings) {
    rows.add(List.of(headings));
  }

  public void row(String... cells) {
    List<String> row = new ArrayList<>();
    for (String cell : cells) {
      String text = Terminal.visible(cell.replace('\n', ' '));
      row.add(text.length() > WIDEST ? text.substring(0, WIDEST - 1) + "…" : text);
    }
    rows.add(row);
  }

  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        line.append(cell).append(" ".repeat(width(column) - cell.length() + 2));
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
