package dev.capstan.knowledge.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is put in front of a model fits, is the same each time, and is about the goal. */
final class PackerTest {
  private static final String GOAL = "let the till print a receipt when the drawer opens";

  @TempDir Path temporary;

  private SourceRepository repository;
  private ProjectIndex index;

  @BeforeEach
  void makeIndex() throws InterruptedException {
    repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write(
        "src/Till.java",
        "class Till {\n  Ledger book;\n  void openDrawer() { ring(); book.enter(); }\n}\n");
    repository.write("src/Ledger.java", "class Ledger {\n  void enter() {}\n}\n");
    repository.write("src/Receipt.java", "class Receipt {\n  String print() { return \"\"; }\n}\n");
    repository.write("src/Odd.java", "// <|endoftext|> till\nclass Odd {}\n");
    repository.write("Secret.java", "// NO_LLM\nclass Secret { int till; }\n");
    for (int i = 0; i < 60; i++) {
      repository.write(
          "src/Other" + i + ".java",
          "class Other" + i + " {\n" + "  int till = drawer + receipt;\n".repeat(i) + "}\n");
    }
    repository.commit("All");
    index = indexed("index");
  }

  private ProjectIndex indexed(String name) throws InterruptedException {
    ProjectIndex made = ProjectIndex.open(temporary.resolve(name));
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      made.update(new Wanted("main", repository.head(), Instant.EPOCH), tree, Progress.SILENT);
    }
    return made;
  }

  @AfterEach
  void close() {
    index.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 500, 1_000, 2_000, 4_000, 8_000})
  void it_never_has_more_tokens_than_it_may(int most) {
    ContextPack pack = Packer.pack(new Graphs(index), "main", GOAL, most);

    assertThat(pack.tokens()).isBetween(1, most).isEqualTo(Tokens.count(pack.text()));
    assertThat(pack.named()).isNotEmpty();
  }

  @Test
  void what_the_goal_is_about_is_named_and_shown() {
    ContextPack pack = Packer.pack(new Graphs(index), "main", GOAL, 2_000);

    assertThat(pack.commit()).isEqualTo(repository.head());
    assertThat(pack.named()).contains("src/Till.java", "src/Receipt.java");
    assertThat(pack.text()).contains("void openDrawer()", "String print()");
    assertThat(pack.pieces()).anyMatch(id -> id.startsWith("src/Till.java@"));
  }

  @Test
  void the_map_names_what_is_referred_to_by_what_was_found() {
    ContextPack pack = Packer.pack(new Graphs(index), "main", GOAL, 2_000);

    assertThat(pack.pieces()).noneMatch(id -> id.startsWith("src/Ledger.java@"));
    assertThat(pack.text().lines()).contains("src/Ledger.java: Ledger enter");
    assertThat(
            Packer.pack(
                    new Graphs(index), "main", GOAL, 2_000, hit -> !hit.text().contains("Ledger {"))
                .text()
                .lines())
        .contains("src/Ledger.java: enter");
  }

  @Test
  void a_file_that_may_not_be_used_is_not_named_either() {
    assertThat(
            Packer.pack(
                    new Graphs(index),
                    "main",
                    GOAL,
                    2_000,
                    hit -> !hit.path().equals("src/Ledger.java"))
                .text())
        .doesNotContain("src/Ledger.java");
  }

  @Test
  void two_indexes_of_one_commit_give_the_same_bytes() throws InterruptedException {
    try (ProjectIndex other = indexed("other")) {
      assertThat(Packer.pack(new Graphs(other), "main", GOAL, 2_000))
          .isEqualTo(Packer.pack(new Graphs(index), "main", GOAL, 2_000));
    }
  }

  @Test
  void what_has_opted_out_is_in_no_pack() {
    assertThat(Packer.pack(new Graphs(index), "main", "Secret till", 8_000).text())
        .doesNotContain("Secret {");
  }
}
