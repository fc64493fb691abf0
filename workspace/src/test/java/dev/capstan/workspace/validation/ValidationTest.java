package dev.capstan.workspace.validation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.validation.Finding.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On real repositories. */
final class ValidationTest {
  private final Path temporary;
  private final GitFolders git;

  ValidationTest(@TempDir Path temporary) {
    this.temporary = temporary;
    git = new GitFolders(temporary.resolve("data"));
  }

  private Validated validate(Path source, String base) throws InterruptedException {
    return Validation.of(git, new ProjectId("shop"), source.toString(), base);
  }

  private SourceRepository shop() {
    return SourceRepository.empty(temporary.resolve("shop"))
        .write("Makefile", "test:\n\techo 1..0\n")
        .write("a.py", "")
        .write("b.py", "")
        .write("c.sh", "");
  }

  private static Finding finding(Validated validated, String name) {
    return validated.findings().stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void a_sound_repository_is_usable_and_its_languages_are_told() throws Exception {
    SourceRepository shop = shop().commit("First");

    Validated validated = validate(shop.folder(), "");

    assertThat(validated.findings()).extracting(Finding::state).containsOnly(State.GOOD);
    assertThat(validated.usable()).isTrue();
    assertThat(validated.branch()).isEqualTo("main");
    assertThat(validated.commit()).isEqualTo(shop.head());
    assertThat(validated.toolchain()).isEqualTo("make");
    assertThat(validated.languages())
        .extracting(Validated.Language::name, Validated.Language::files)
        .containsExactly(tuple("Python", 2), tuple("Shell", 1));
    assertThat(temporary.resolve("data/scratch")).isEmptyDirectory();
  }

  @Test
  void a_folder_that_is_not_there_is_named_and_the_rest_not_checked() throws Exception {
    Validated validated = validate(temporary.resolve("nowhere"), "");

    assertThat(finding(validated, "reachable").detail()).contains("nowhere");
    assertThat(finding(validated, "toolchain found").state()).isEqualTo(State.NOT_CHECKED);
    assertThat(validated.usable()).isFalse();
  }

  @Test
  void a_plain_folder_is_no_repository() throws Exception {
    Validated validated = validate(Files.createDirectories(temporary.resolve("plain")), "");

    assertThat(finding(validated, "a git repository").state()).isEqualTo(State.BAD);
    assertThat(finding(validated, "a git repository").remedy()).contains("git init");
  }

  @Test
  void a_repository_without_a_commit_is_empty() throws Exception {
    Validated validated = validate(SourceRepository.empty(temporary.resolve("empty")).folder(), "");

    assertThat(finding(validated, "a git repository").state()).isEqualTo(State.GOOD);
    assertThat(finding(validated, "not empty").state()).isEqualTo(State.BAD);
  }

  @Test
  void a_branch_that_is_not_there_is_named() throws Exception {
    Validated validated = validate(shop().commit("First").folder(), "release");

    assertThat(finding(validated, "branch exists").detail()).contains("release");
    assertThat(finding(validated, "branch exists").state()).isEqualTo(State.BAD);
  }

  @Test
  void no_toolchain_says_how_to_tell_it() throws Exception {
    Path bare =
        SourceRepository.empty(temporary.resolve("bare")).write("x", "").commit("x").folder();

    Finding toolchain = finding(validate(bare, ""), "toolchain found");

    assertThat(toolchain.state()).isEqualTo(State.BAD);
    assertThat(toolchain.detail()).contains("pom.xml", "go.mod");
    assertThat(toolchain.remedy()).contains("capstan init");
  }

  @Test
  void a_tool_that_is_not_installed_is_named() throws Exception {
    Path source =
        shop()
            .write(
                ".capstan/config.yaml",
                "toolchain:\n  measure: [[no-such-tool]]\n  executables: [no-such-tool]\n")
            .commit("First")
            .folder();

    assertThat(finding(validate(source, ""), "tools installed").detail()).contains("no-such-tool");
  }

  @Test
  void submodules_pointers_and_links_are_warned_of_and_do_not_hinder() throws Exception {
    SourceRepository other = SourceRepository.small(temporary.resolve("other"));
    SourceRepository shop = shop();
    shop.write(".gitattributes", "*.bin filter=lfs\n")
        .write(
            "big.bin",
            """
            version https://git-lfs.github.com/spec/v1
            oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
            size 12345
            """)
        .write("small.bin", "content\n");
    shop.git(
        "-c",
        "protocol.file.allow=always",
        "submodule",
        "--quiet",
        "add",
        other.folder().toString(),
        "libs/other");
    link(shop.folder().resolve("inside"), "a.py");
    link(shop.folder().resolve("outside"), "/etc/passwd");
    shop.commit("Peculiar");

    Validated validated = validate(shop.folder(), "");

    assertThat(validated.usable()).isTrue();
    assertThat(finding(validated, "submodules").detail()).contains("libs/other").contains("empty");
    assertThat(finding(validated, "Git LFS").detail())
        .contains("big.bin")
        .doesNotContain("small.bin");
    assertThat(finding(validated, "links that leave the repository").detail())
        .startsWith("outside:");
  }

  private static void link(Path place, String target) throws IOException {
    Files.createSymbolicLink(place, Path.of(target));
  }

  @Test
  void long_and_foreign_names_are_carried_into_a_clone() throws Exception {
    String deep = "folder-of-a-very-long-name-indeed/".repeat(30) + "datei-äöü-文件-🙂.txt";
    SourceRepository shop = shop().write(deep, "text\n").write("a b\tc\"d'e.txt", "x\n");
    shop.commit("Names");

    Validated validated = validate(shop.folder(), "");

    assertThat(validated.usable()).isTrue();
    String text =
        git.look(
            new ProjectId("shop"),
            new dev.capstan.core.CommitId(validated.commit()),
            clone -> {
              try {
                return Files.readString(clone.resolve(deep))
                    + Files.readString(clone.resolve("a b\tc\"d'e.txt"));
              } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
              }
            });
    assertThat(text).isEqualTo("text\nx\n");
  }
}
