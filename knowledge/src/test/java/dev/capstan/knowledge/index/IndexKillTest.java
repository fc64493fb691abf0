package dev.capstan.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.embedding.HashEmbedder;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A program that indexes is killed outright: who opens the index then finds it whole. */
final class IndexKillTest {
  private static final int FILES = 540;
  private static final String MAIN = "main";

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(strings = {"indexed 520", "embedded 300"})
  void a_kill_leaves_the_view_as_it_was_or_as_it_is_and_the_rest_is_made_up_for(String where)
      throws Exception {
    SourceRepository repository = SourceRepository.empty(temporary.resolve("source"));
    write(repository, "first");
    assertThat(lastWords(repository, "never")).isEqualTo("finished");
    write(repository, "second");

    assertThat(lastWords(repository, where)).isEqualTo(where);

    try (ProjectIndex index = open()) {
      List<Hit> before = index.search(Question.of(MAIN, "generation", 200)).hits();
      String word = where.startsWith("embedded") ? "second" : "first";
      assertThat(before).hasSize(200).allMatch(hit -> hit.text().contains(word));
      assertThat(index.view(MAIN).orElseThrow().files()).hasSize(FILES);

      Update update = update(index, repository);
      index.embed(MAIN, Progress.SILENT);

      assertThat(update.parsed()).isEqualTo(left(where));
      Answer after = index.search(Question.of(MAIN, "generation", 200));
      assertThat(after.hits()).hasSize(200).allMatch(hit -> hit.text().contains("second"));
      assertThat(after.embeddedFiles()).isEqualTo(FILES);
    }
  }

  /** It is committed after each 500 files. */
  private static int left(String where) {
    return where.startsWith("indexed") ? FILES - 500 : 0;
  }

  private static void write(SourceRepository repository, String word) {
    for (int i = 0; i < FILES; i++) {
      repository.write("f/File%04d.txt".formatted(i), "generation " + i + " " + word + "\n");
    }
    repository.commit(word);
  }

  /** Kills it where it waits. */
  private String lastWords(SourceRepository repository, String killAt) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                IndexingProgram.class.getName(),
                temporary.resolve("index").toString(),
                gitFolder(repository).toString(),
                MAIN,
                repository.head(),
                killAt)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String last = "";
    try (BufferedReader said = process.inputReader()) {
      for (String line = said.readLine(); line != null; line = said.readLine()) {
        last = line;
        if (line.equals(killAt)) {
          break;
        }
      }
      process.destroyForcibly().waitFor();
    }
    return last;
  }

  private ProjectIndex open() {
    return ProjectIndex.open(temporary.resolve("index"), Optional.of(new HashEmbedder()));
  }

  private static Update update(ProjectIndex index, SourceRepository repository)
      throws InterruptedException {
    CommitId commit = new CommitId(repository.head());
    try (SourceTree tree = SourceTree.of(gitFolder(repository), commit)) {
      return index.update(new Wanted(MAIN, commit.value(), Instant.EPOCH), tree, Progress.SILENT);
    }
  }

  private static Path gitFolder(SourceRepository repository) {
    return repository.folder().resolve(".git");
  }
}
