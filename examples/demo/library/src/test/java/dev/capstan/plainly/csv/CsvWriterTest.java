package dev.capstan.plainly.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvWriterTest {
  @Test
  void writesRows() {
    assertEquals(
        "name,age\nAnn,41\n",
        CsvWriter.write(List.of(List.of("name", "age"), List.of("Ann", "41"))));
  }

  @Test
  void quotesFieldsWithCommas() {
    assertEquals("\"Smith, Ann\",41", CsvWriter.line(List.of("Smith, Ann", "41")));
  }
}
