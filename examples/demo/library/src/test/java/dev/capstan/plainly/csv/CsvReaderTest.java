package dev.capstan.plainly.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvReaderTest {
  @Test
  void readsRows() {
    assertEquals(List.of(List.of("a", "b"), List.of("1", "2")), CsvReader.read("a,b\n1,2\n"));
  }

  @Test
  void readsEmptyFields() {
    assertEquals(List.of(List.of("", "", "")), CsvReader.read(",,\n"));
  }

  @Test
  void readsQuotedFields() {
    assertEquals(
        List.of(List.of("Smith, Ann", "said \"yes\"")),
        CsvReader.read("\"Smith, Ann\",\"said \"\"yes\"\"\"\r\n"));
  }

  @Test
  void readsOtherSeparators() {
    assertEquals(List.of(List.of("a", "b,c")), CsvReader.read("a;b,c", ';'));
  }

  @Test
  void refusesAQuoteThatDoesNotEnd() {
    assertThrows(IllegalArgumentException.class, () -> CsvReader.read("\"open"));
  }
}
