package dev.capstan.plainly.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvQuotesTest {
  @Test
  void doublesQuotes() {
    assertEquals("\"said \"\"yes\"\"\",1", CsvWriter.line(List.of("said \"yes\"", "1")));
  }

  @Test
  void readsWhatIsWritten() {
    List<List<String>> rows = List.of(List.of("\"", "a,\"b\"", "two\nlines"), List.of("", "x", "y"));
    assertEquals(rows, CsvReader.read(CsvWriter.write(rows)));
  }
}
