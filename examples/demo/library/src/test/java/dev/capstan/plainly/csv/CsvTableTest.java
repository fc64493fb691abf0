package dev.capstan.plainly.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CsvTableTest {
  @Test
  void namesTheFieldsOfARow() {
    CsvTable table = CsvTable.parse("name,age\nAnn,41\nBob\n");
    assertEquals(
        List.of(Map.of("name", "Ann", "age", "41"), Map.of("name", "Bob", "age", "")),
        table.rows());
  }
}
