package dev.capstan.verification.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What compilers say, as {@code file:line: message}. */
final class CompilerErrorsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[ERROR] src/A.java:[12,5] cannot find symbol | src/A.java:12: cannot find symbol",
        "src/A.java:12: error: ';' expected | src/A.java:12: ';' expected",
        "e: file://src/A.kt:12:5 Unresolved reference | src/A.kt:12: Unresolved reference",
        "e: src/A.kt: (12, 5): Unresolved reference | src/A.kt:12: Unresolved reference",
        "src/a.ts(12,5): error TS2322: no | src/a.ts:12: error TS2322: no",
        "src/a.ts:12:5 - error TS2322: no | src/a.ts:12: error TS2322: no",
        "./a.go:12:5: undefined: x | a.go:12: undefined: x",
        "src/a.c:12:5: error: unknown type | src/a.c:12: unknown type",
        "src/a.c:12:5: fatal error: no.h | src/a.c:12: no.h",
      })
  void one_line(String line, String error) {
    assertThat(CompilerErrors.in(List.of(line))).containsExactly(error);
  }

  @Test
  void rust_and_python_name_the_place_on_a_line_of_its_own() {
    assertThat(
            CompilerErrors.in(
                List.of(
                    "\u001B[31merror[E0308]\u001B[0m: mismatched types",
                    "  --> src/main.rs:12:5",
                    "  File \"src/a.py\", line 3",
                    "    def (",
                    "SyntaxError: invalid syntax")))
        .containsExactly(
            "src/main.rs:12: mismatched types", "src/a.py:3: SyntaxError: invalid syntax");
  }

  @Test
  void warnings_and_talk_are_no_errors() {
    assertThat(
            CompilerErrors.in(
                List.of("a.c:1:2: warning: unused", "error: nothing placed", "all is well")))
        .isEmpty();
  }

  @Test
  void a_repeated_error_counts_once_and_a_flood_is_cut() {
    List<String> same = Collections.nCopies(5, "a.c:1: error: no");
    assertThat(CompilerErrors.in(same)).hasSize(1);
    List<String> flood = IntStream.range(0, 99).mapToObj(i -> "a.c:" + i + ": error: no").toList();
    assertThat(CompilerErrors.in(flood)).hasSize(20);
  }
}
