package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.cli.command.Scaffold.Draft;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.Toolchains;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.dataformat.yaml.YAMLMapper;

class InitTest {
  @TempDir private Path root;

  private List<Draft> write() throws Exception {
    Scaffold scaffold = new Scaffold(root);
    List<Draft> fresh = scaffold.drafts().stream().filter(draft -> !draft.isThere()).toList();
    scaffold.write(fresh);
    return fresh;
  }

  @Test
  void what_is_written_changes_nothing_until_somebody_edits_it() throws Exception {
    Files.writeString(root.resolve("pom.xml"), "<project/>");
    Detection before = Toolchains.detect(root);

    assertThat(write())
        .extracting(Draft::path)
        .contains(
            ".capstan/config.yaml", ".capstan/plan.yaml", ".capstan/ci.sh", ".capstan/report.sh");

    assertThat(Toolchains.detect(root)).isEqualTo(before);
    assertThat(root.resolve(".capstan/config.yaml")).content().contains("Found: maven", "verify");
    assertThat(Files.isExecutable(root.resolve(".capstan/ci.sh"))).isTrue();
    assertThat(Files.isExecutable(root.resolve(".capstan/report.sh"))).isTrue();
  }

  @Test
  void the_configuration_without_its_comment_marks_is_the_toolchain_that_was_found()
      throws Exception {
    Files.writeString(root.resolve("Makefile"), "test:\n\techo 1..0\n");
    Detection before = Toolchains.detect(root);
    write();
    Path file = root.resolve(".capstan/config.yaml");
    String text = Files.readString(file);
    Files.writeString(file, text.substring(text.indexOf("# toolchain:")).replaceAll("(?m)^# ", ""));

    assertThat(((Detection.Found) Toolchains.detect(root)).toolchain().reportGlobs())
        .isEqualTo(((Detection.Found) before).toolchain().reportGlobs());
  }

  @Test
  void a_file_that_is_there_stays_as_it_is() throws Exception {
    Files.createDirectories(root.resolve(".capstan"));
    Files.writeString(root.resolve(".capstan/plan.yaml"), "mine\n");

    assertThat(write()).extracting(Draft::path).doesNotContain(".capstan/plan.yaml");

    assertThat(root.resolve(".capstan/plan.yaml")).hasContent("mine");
    assertThat(write()).isEmpty();
  }

  @Test
  void nothing_is_written_through_a_link(@TempDir Path elsewhere) throws Exception {
    Files.createSymbolicLink(root.resolve(".capstan"), elsewhere);

    assertThatThrownBy(this::write)
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("is a link");

    assertThat(elsewhere).isEmptyDirectory();
  }

  @Test
  void names_from_the_repository_cannot_end_a_comment() throws Exception {
    Files.writeString(root.resolve("x\ntoolchain: {measure: [[evil]]}\n_test.py"), "");
    write();
    assertThat(Files.readAllLines(root.resolve(".capstan/config.yaml")))
        .allMatch(line -> line.startsWith("#"));
  }

  @Test
  void every_yaml_can_be_read() throws Exception {
    YAMLMapper yaml = new YAMLMapper();
    for (Draft draft : write()) {
      if (draft.path().endsWith(".yml") || draft.path().endsWith("plan.yaml")) {
        assertThat(yaml.readTree(draft.text()).isObject()).as(draft.path()).isTrue();
      }
    }
  }
}
