package dev.capstan.verification.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format yields the lines that were executed and those that were not. */
final class CoverageReportsTest {
  @Test
  void jacoco() throws Exception {
    assertThat(read("jacoco.xml"))
        .containsExactly(new CoveredFile("shop/Cart.java", Set.of(5, 8), Set.of(6), 1, 2));
  }

  @Test
  void cobertura() throws Exception {
    assertThat(read("cobertura.xml"))
        .containsExactly(new CoveredFile("shop/cart.py", Set.of(1, 2, 3), Set.of(4), 1, 2));
  }

  @Test
  void lcov() throws Exception {
    assertThat(read("lcov.info"))
        .filteredOn(file -> file.path().equals("src/cart.js"))
        .extracting(CoveredFile::covered, CoveredFile::missed)
        .containsExactly(tuple(Set.of(1, 2, 3, 4, 6), Set.of(5)));
  }

  @Test
  void clover() throws Exception {
    assertThat(read("clover.xml"))
        .containsExactly(new CoveredFile("/clone/tree/src/cart.js", Set.of(1, 2), Set.of(3), 1, 2));
  }

  @Test
  void go_names_files_by_their_import_path() throws Exception {
    assertThat(read("go-cover.out"))
        .extracting(CoveredFile::path, CoveredFile::covered, CoveredFile::missed)
        .containsExactly(tuple("example.org/shop/cart/cart.go", Set.of(3, 4, 7), Set.of(5, 6)));
  }

  @Test
  void a_line_is_covered_if_one_of_two_reports_covers_it() {
    CoveredFile one = new CoveredFile("a", Set.of(1), Set.of(2, 3), 1, 4);
    CoveredFile other = new CoveredFile("a", Set.of(2), Set.of(1, 3), 2, 4);
    assertThat(one.and(other)).isEqualTo(new CoveredFile("a", Set.of(1, 2), Set.of(3), 2, 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "mode: set\nhello",
        "mode: set\na.go:1.1,9999999.1 1 1\nb.go:1.1,9999999.1 1 1",
        "<html/>",
        "<report name='a'><package",
        "<!DOCTYPE report [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><report name='&x;'/>",
        "<coverage><packages>"
      })
  void what_is_broken_or_foreign_is_unreadable(String text) {
    assertThatThrownBy(() -> CoverageReports.read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableReport.class);
  }

  private static List<CoveredFile> read(String report) throws IOException, UnreadableReport {
    try (InputStream file =
        Objects.requireNonNull(
            CoverageReportsTest.class.getResourceAsStream("/reports/" + report))) {
      return CoverageReports.read(file.readAllBytes());
    }
  }
}
