package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.run.RunCommand;
import dev.capstan.workspace.git.GitStore.Integrated.Clash;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeptConflictsTest {
  private static String sides(String... lines) {
    return KeptConflicts.shortened(new Clash("pom.xml", List.of(lines))).sides();
  }

  @Test
  void the_first_line_of_either_side_tells_a_reader_what_it_is_about() {
    assertThat(
            sides(
                "<<<<<<< the run's branch",
                "  one",
                "more",
                "=======",
                "x".repeat(90),
                ">>>>>>> the step"))
        .isEqualTo("the branch has \"one\", the step \"" + "x".repeat(60) + "…\"");
  }

  @Test
  void a_side_without_lines_has_nothing() {
    assertThat(sides("<<<<<<< the run's branch", "=======", "two", ">>>>>>> the step"))
        .isEqualTo("the branch has nothing, the step \"two\"");
    assertThat(sides("<<<<<<< the run's branch", "one", "=======", ">>>>>>> the step"))
        .isEqualTo("the branch has \"one\", the step nothing");
  }

  @Test
  void a_path_without_lines_has_no_sides() {
    assertThat(KeptConflicts.shortened(new Clash("logo.png", List.of())))
        .isEqualTo(new RunCommand.Clash("logo.png", ""));
  }
}
