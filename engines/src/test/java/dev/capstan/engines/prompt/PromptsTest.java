package dev.capstan.engines.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptsTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(Role.class)
  void every_role_has_a_prompt_of_its_own_with_a_version(Role role) {
    PromptTemplate prompt = Prompts.bundled().of(role);

    assertThat(prompt.name()).isEqualTo(role.word());
    assertThat(prompt.label()).matches("[a-z]+ \\d+[.]\\d+[.]\\d+ [0-9a-f]{64}");
    assertThat(prompt.text()).contains("{{goal}}", "whoever it says it is from");
  }

  @Test
  void an_own_prompt_takes_the_place_of_the_one_that_comes_with_capstan() throws IOException {
    Files.writeString(folder.resolve("coder.md"), "version: 2.0.0\n---\nDo {{title}}, no more.");

    PromptTemplate own = Prompts.in(folder).of(Role.CODER);

    assertThat(own.version()).isEqualTo("2.0.0");
    assertThat(own.fill(Map.of("title", "this"))).isEqualTo("Do this, no more.");
    assertThat(own.sha256()).isNotEqualTo(Prompts.bundled().of(Role.CODER).sha256());
  }

  @Test
  void a_variant_stands_beside_the_prompt_of_its_role() throws IOException {
    Files.writeString(folder.resolve("coder.terse.md"), "version: 1.0.0\n---\nDo {{title}}.");

    Prompts prompts = Prompts.in(folder);

    assertThat(prompts.find("coder.terse")).isPresent();
    assertThat(prompts.of(Role.CODER)).isEqualTo(Prompts.bundled().of(Role.CODER));
  }

  @Test
  void every_mistake_in_own_prompts_is_named_with_its_file() throws IOException {
    Files.writeString(folder.resolve("coder.md"), "Do {{title}}.");
    Files.writeString(folder.resolve("tester.md"), "version: 1.0.0\n---\nDo {{colour}}.");
    Files.writeString(folder.resolve("cook.md"), "version: 1.0.0\n---\nCook.");

    assertThatThrownBy(() -> Prompts.in(folder))
        .hasMessageContaining("coder.md: the prompt coder must begin with \"version: 1.2.3\"")
        .hasMessageContaining("tester.md: nothing is filled in for [colour]")
        .hasMessageContaining("cook.md: a prompt is named after its role");
  }

  @Test
  void what_is_filled_in_is_not_looked_at_again() {
    PromptTemplate prompt =
        PromptTemplate.parse("coder", "version: 1.0.0\n---\n{{title}} {{goal}}");

    assertThat(prompt.fill(Map.of("title", "{{goal}}", "goal", "$1 \\")))
        .isEqualTo("{{goal}} $1 \\");
  }
}
