package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.core.testkit.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a plan file, it is a plan or a clear word. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class PlanFileFuzzTest {
  private static final String PLAN =
      """
      goal: Mend the shop
      steps:
        - id: total
          kind: fix
          title: Sum again
          reason: It is wrong.
          run: [sh, -c, "sed -i s/1/2/ a"]
          orElse: [[make, mend], [make, again]]
          after: []
          scope: [src/**, "docs/"]
          judge: [pom.xml]
          env: [LANG]
          timeLimit: 60
          priority: -1
          attempts: 2
          minimumTests: 0
          mayChangeNothing: true
        - {id: tidy, run: [make, tidy], after: [total], needed: 1, waitLimit: 5, approval: false}
      """;

  @TempDir Path folder;

  private PlanFile.Read read(byte[] text) throws IOException {
    return PlanFile.read(Files.write(folder.resolve("plan.yaml"), text));
  }

  @Test
  void a_plan_is_read_or_refused_with_a_word() {
    Fuzz.run(
        input -> assertThat(read(input).plan().steps()).isNotEmpty(),
        ApiFailure.class,
        List.of(PLAN));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run: [null]",
        "run: [make]\n    orElse: [null]",
        "run: [make]\n    orElse: [[null]]",
        "run: [make]\n    scope: [null]",
        "run: [make]\n    after: [null]"
      })
  void an_empty_entry_of_a_list_is_refused(String text) {
    assertThatThrownBy(
            () -> read(("steps:\n  - id: a\n    " + text + "\n").getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("empty entry");
  }

  @Test
  void the_plan_itself_is_read() throws IOException {
    assertThat(read(PLAN.getBytes(StandardCharsets.UTF_8)).plan().steps())
        .extracting(StepDocument::id)
        .containsExactly("total", "tidy");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "steps: &a [*a]",
        "a: &a [b, b]\nsteps: [*a, *a]",
        "&x steps: *x",
        "? ? ? ?",
        "--- !!java.net.URL [x]"
      })
  void references_and_types_are_refused(String text) {
    assertThatThrownBy(() -> read(text.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ApiFailure.class);
  }

  @Test
  void what_is_opened_and_never_closed_takes_no_long_time() {
    assertThatThrownBy(
            () -> read(("steps: " + "[".repeat(200_000)).getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ApiFailure.class);
    assertThatThrownBy(() ->
            read(
                ("k".repeat(1_000_000) + ": [" + "1,".repeat(200_000) + "]")
                    .getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(ApiFailure.class);
  }
}
