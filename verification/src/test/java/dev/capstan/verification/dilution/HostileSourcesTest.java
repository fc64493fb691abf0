package dev.capstan.verification.dilution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.dilution.Dilution.Revision;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a repository holds, the comparison ends, and says what it could not read. */
@Tag("slow")
class HostileSourcesTest {
  private static final List<String> FILES =
      List.of("T.java", "t.kt", "t.py", "t.js", "t.ts", "t.tsx", "t_test.go", "t.rs");

  @ParameterizedTest
  @ValueSource(
      strings = {"(", "{", "[", "\"", "f(", "a.b().", "if(x){", "<div>", "lambda:", "/*", "\\"})
  void deep_nesting_is_refused_or_read(String piece) {
    String text = piece.repeat(60_000 / piece.length());
    for (String file : FILES) {
      Dilution dilution = Dilution.of(List.of(new Revision(file, text, "")));
      assertThat(dilution.uncompared().size() + dilution.weakenings().size()).isLessThan(3);
    }
  }

  @Test
  void what_is_too_large_is_said() {
    String text = "x\n".repeat(SyntaxTrees.LARGEST);

    FILES.forEach(file -> assertTooLarge(file, text));
  }

  private static void assertTooLarge(String file, String text) {
    assertThat(Dilution.of(List.of(new Revision(file, text, text))).uncompared())
        .singleElement()
        .satisfies(one -> assertThat(one.reason()).contains("larger than"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noise_never_throws(long seed) {
    Random random = new Random(seed);
    String letters =
        "{}()[];:,.\"'`@#=<> \n\tabtest_assertEqualsdeffnclassit0123é\u0000\uD83D\uDE00";
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    for (String file : FILES) {
      Dilution dilution =
          Dilution.of(List.of(new Revision(file, text.toString(), text.reverse().toString())));
      assertThat(dilution.moves()).isEmpty();
    }
  }
}
