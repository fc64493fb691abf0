package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.Said;
import dev.capstan.engines.prompt.GoldenSet;
import dev.capstan.engines.prompt.PromptTemplate;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.engines.prompt.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Golden sets of prompts, without a server or a model. */
class PromptsCommandTest {
  private static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
  private static final JsonNode TWO_STEPS = plan("a", "b");

  @TempDir private Path folder;
  private GoldenSet golden;

  private static JsonNode plan(String... steps) {
    var plan = JsonMapper.shared().createObjectNode();
    var list = plan.putArray("steps");
    for (String step : steps) {
      list.addObject().put("id", step).put("scope", "src/" + step + ".txt");
    }
    return plan;
  }

  @BeforeEach
  void write() throws IOException {
    prompt("coder.md", "1.0.0", "Do {{title}}.");
    golden = new GoldenSet(folder, Role.CODER);
    Path one = Files.createDirectories(golden.folder().resolve("rename"));
    Files.writeString(one.resolve("case.yaml"), "title: rename it\n");
  }

  private void prompt(String file, String version, String text) throws IOException {
    Files.writeString(folder.resolve(file), "version: " + version + "\n---\n" + text);
  }

  private void recorded(String prompt, String model, JsonNode answer) {
    PromptTemplate template = Prompts.in(folder).find(prompt).orElseThrow().template();
    golden.record("rename", template, model, AT, answer);
  }

  private Said prompts(String... arguments) {
    List<String> words = new ArrayList<>(List.of("prompts"));
    words.addAll(List.of(arguments));
    words.addAll(List.of("--folder", folder.toString()));
    return Said.by(words.toArray(String[]::new));
  }

  @Test
  void what_is_as_accepted_passes() {
    recorded("coder", "small", TWO_STEPS);
    assertThat(prompts("accept", "coder", "--model", "small").exit()).isZero();

    Said said = prompts("check");

    assertThat(said.out()).contains("PASS  coder rename small", "1 of 1 passed");
    assertThat(said.exit()).isZero();
  }

  @Test
  void a_changed_prompt_of_which_nothing_was_recorded_is_never_green() throws IOException {
    recorded("coder", "small", TWO_STEPS);
    prompts("accept", "coder", "--model", "small");
    prompt("coder.md", "1.0.1", "Please do {{title}}.");

    Said said = prompts("check");

    assertThat(said.out())
        .contains("DID_NOT_RUN  coder rename small: nothing was recorded of coder 1.0.1");
    assertThat(said.exit()).isEqualTo(1);
  }

  @Test
  void a_changed_case_needs_a_new_recording_too() throws IOException {
    recorded("coder", "small", TWO_STEPS);
    prompts("accept", "coder", "--model", "small");
    Files.writeString(golden.folder().resolve("rename/case.yaml"), "title: rename another\n");

    assertThat(prompts("check").out()).contains("DID_NOT_RUN");
  }

  @Test
  void a_changed_prompt_that_changes_the_plan_fails_with_what_differs() throws IOException {
    recorded("coder", "small", TWO_STEPS);
    prompts("accept", "coder", "--model", "small");
    prompt("coder.md", "1.1.0", "Do {{title}} in one step.");
    recorded("coder", "small", plan("a", "c"));

    Said said = prompts("check");

    assertThat(said.out())
        .contains("FAIL  coder rename small: the answer is another")
        .contains("-- id: \"b\"", "+- id: \"c\"", "-  scope: \"src/b.txt\"")
        .contains("0 of 1 passed");
    assertThat(said.exit()).isEqualTo(1);
  }

  @Test
  void a_recording_of_another_model_is_none() {
    recorded("coder", "small", TWO_STEPS);
    prompts("accept", "coder", "--model", "small");
    golden.accept("rename", "large", TWO_STEPS);

    assertThat(prompts("check").out())
        .contains("PASS  coder rename small", "DID_NOT_RUN  coder rename large");
  }

  @Test
  void without_a_golden_set_nothing_ran() {
    assertThat(prompts("check", "tester").out())
        .contains("DID_NOT_RUN  tester: it has no golden set");
    assertThat(prompts("check", "tester").exit()).isEqualTo(1);
    assertThat(prompts("check", "cook").exit()).isEqualTo(2);
  }

  @Test
  void variants_stand_side_by_side() throws IOException {
    prompt("coder.terse.md", "1.0.0", "{{title}}");
    recorded("coder", "small", TWO_STEPS);
    recorded("coder.terse", "small", plan("a", "c"));

    Said said = prompts("compare", "coder@small", "coder.terse@small");

    assertThat(said.exit()).isZero();
    assertThat(said.out()).containsPattern("- id: \"b\" +[|] - id: \"c\"");
    assertThat(said.out()).containsPattern("- id: \"a\" + - id: \"a\"");
    Said missing = prompts("compare", "coder@small", "coder@large");
    assertThat(missing.out()).contains("nothing was recorded of coder@large");
    assertThat(missing.exit()).isEqualTo(1);
  }

  @Test
  void prompts_are_listed_with_their_version_and_hash() {
    assertThat(prompts("list").out())
        .containsPattern("coder +1[.]0[.]0 +[0-9a-f]{12} +" + folder.resolve("coder.md"))
        .containsPattern("planner +1[.]0[.]0 +[0-9a-f]{12} +built in");
    assertThat(prompts("show", "coder").out()).contains("version: 1.0.0", "Do {{title}}.");
  }
}
