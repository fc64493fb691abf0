package dev.capstan.knowledge.parsing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.How;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A parser that dies or hangs takes nothing with it. */
final class QuarantineTest {
  @Test
  void a_file_that_kills_its_parser_is_cut_by_lines_and_the_next_is_parsed() throws Exception {
    try (Parsing parsing = new Parsing(DyingParser.class.getName(), Duration.ofSeconds(30))) {
      assertThat(parsing.parse(Language.JAVA, "fine\n").how()).isEqualTo(How.SYNTAX);

      Parsed dead = parsing.parse(Language.JAVA, "die\n");

      assertThat(dead.how()).isEqualTo(How.LINES);
      assertThat(dead.note()).contains("crash");
      assertThat(dead.chunks()).hasSize(1);
      assertThat(parsing.parse(Language.JAVA, "fine\n").how()).isEqualTo(How.SYNTAX);
    }
  }

  @Test
  void a_file_that_hangs_its_parser_is_cut_by_lines_and_the_next_is_parsed() throws Exception {
    try (Parsing parsing = new Parsing(DyingParser.class.getName(), Duration.ofSeconds(3))) {
      Parsed late = parsing.parse(Language.JAVA, "hang\n");

      assertThat(late.how()).isEqualTo(How.LINES);
      assertThat(late.note()).contains("took longer than 3 s");
    }
  }
}
