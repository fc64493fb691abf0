package dev.capstan.engines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Scope;
import dev.capstan.engines.Engine.Purpose;
import dev.capstan.engines.FindingCommand.About;
import dev.capstan.engines.Placeholders.Filled;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingCommandTest {
  private static final Purpose PURPOSE =
      new Purpose(
          new RunId("run-7"),
          new StepId("cover"),
          "Tidy up",
          "because",
          "Cover it",
          new CommitId("0123456789abcdef0123456789abcdef01234567"),
          Scope.EVERYTHING,
          Set.of());

  @Test
  void each_word_is_replaced_within_its_argument() {
    List<String> command =
        List.of("tool", "{file}", "--into={test}", "{lines}", "{step}", "{{file}");

    assertThat(FindingCommand.fault(command)).isEmpty();
    assertThat(FindingCommand.fill(command, new About("src/a b.js", "-t.js", "3,7-9")))
        .containsExactly("tool", "src/a b.js", "--into=./-t.js", "3,7-9", "{step}", "{{file}");
  }

  /**
   * What a repository calls its files is no placeholder, neither now nor when it is carried out.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{goal}.js",
        "{files}",
        "{file}",
        "{test}",
        "{{{x}",
        "${goal}",
        "{print}",
        "$1\\1"
      })
  void names_of_files_stay_as_they_are(String name) {
    List<String> filled = FindingCommand.fill(List.of("tool", "{file}"), new About(name, "", ""));

    assertThat(Placeholders.fault(filled)).isEmpty();
    assertThat(Placeholders.fill(filled, PURPOSE, Path.of("/nowhere")))
        .isEqualTo(new Filled.Command(List.of("tool", name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a*.js", "a?.js", "a\\b.js", "a\nb.js", "{{x}.js"})
  void names_that_a_scope_or_a_command_reads_as_something_else_are_not_for_it(String name) {
    assertThat(FindingCommand.isSpeakable(name)).isFalse();
    assertThat(FindingCommand.isSpeakable("src/[id]/{x}.js")).isTrue();
  }

  @Test
  void a_name_never_gets_into_a_script() {
    assertThat(FindingCommand.fault(List.of("{file}")))
        .hasValueSatisfying(why -> assertThat(why).contains("the program"));
    assertThat(FindingCommand.fault(List.of("sh", "-c", "{file}"))).isPresent();
    assertThat(FindingCommand.fault(List.of("sh", "-c", "cat {file}"))).isPresent();
    assertThat(FindingCommand.fault(List.of("node", "--eval={file}"))).isPresent();
    assertThat(FindingCommand.fault(List.of("tool", "a{file}"))).isPresent();
  }

  @Test
  void a_command_that_names_no_file_is_none() {
    assertThat(FindingCommand.isMeant(List.of("tool", "{goal}", "{{file}", "${file}"))).isFalse();
    assertThat(FindingCommand.fault(List.of("tool", "{goal}")))
        .hasValueSatisfying(why -> assertThat(why).contains("{file}, {test}, {lines}"));
  }
}
