package dev.capstan.verification.lines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New lines by example; a line is a letter. */
final class NewLinesTest {
  @ParameterizedTest
  @CsvSource({
    "abc, abc, ''",
    "abc, abxc, 3",
    "abc, xbc, 1",
    "abc, ac, ''",
    "'', abc, '1,2,3'",
    "abc, '', ''",
    "aaa, aaaa, 4",
    "abcabc, abcxabc, 4",
    "abc, cab, 1",
    "abab, ababab, '5,6'"
  })
  void only_what_is_new_is_new(String before, String now, String numbers) {
    assertThat(
            NewLines.of(lines(before), lines(now)).stream()
                .map(String::valueOf)
                .collect(Collectors.joining(",")))
        .isEqualTo(numbers);
  }

  @Test
  void texts_with_nothing_in_place_take_no_time() {
    String one = random(100_000, 1);
    String other = random(100_000, 2);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(NewLines.of(one, other)).isNotEmpty());
    String few = random(4_000, 3);
    String some = random(4_000, 4);
    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(NewLines.of(few, some)).isNotEmpty());
  }

  private static String lines(String letters) {
    return letters.chars().mapToObj(c -> (char) c + "\n").collect(Collectors.joining());
  }

  private static String random(int lines, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, lines)
        .mapToObj(_ -> random.nextInt(lines / 4) + "\n")
        .collect(Collectors.joining());
  }
}
