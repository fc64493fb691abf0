package dev.capstan.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.embedding.HashEmbedder;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found without its words: by what it means, and by what like commits changed. */
final class MeaningAndHistoryTest {
  private static final String MAIN = "main";

  @TempDir Path temporary;

  private final CountingEmbedder embedder = new CountingEmbedder();
  private SourceRepository repository;
  private ProjectIndex index;

  /** Knows of one pair of words that they mean the same; counts what it is asked for. */
  private static final class CountingEmbedder implements Embedder {
    private final HashEmbedder words = new HashEmbedder();
    private final AtomicInteger texts = new AtomicInteger();

    @Override
    public String model() {
      return "counting";
    }

    @Override
    public float[] embed(String text) {
      texts.incrementAndGet();
      return words.embed(text.replace("automobile", "car"));
    }

    @Override
    public float[] embedQuestion(String question) {
      return words.embed(question);
    }

    @Override
    public void close() {}
  }

  @BeforeEach
  void open() {
    repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write("src/Motor.java", "class Motor {\n  int automobile;\n}\n");
    repository.write("src/Boat.java", "class Boat {\n  int sail;\n}\n");
    repository.write("test/MotorTest.java", "class MotorTest {\n  int automobile;\n}\n");
    repository.commit("Begin");
    index = ProjectIndex.open(temporary.resolve("index"), Optional.of(embedder));
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void what_means_the_same_is_found_once_vectors_are_there_and_tests_come_later() throws Exception {
    update();
    assertThat(search("a fast car", Profile.DEFAULT)).isEmpty();

    assertThat(index.embed(MAIN, Progress.SILENT)).isEqualTo(3);

    assertThat(search("a fast car", Profile.DEFAULT))
        .extracting(Hit::path)
        .startsWith("src/Motor.java")
        .contains("test/MotorTest.java");
    Answer answer = index.search(Question.of(MAIN, "a fast car", 5));
    assertThat(answer.embeddedFiles()).isEqualTo(3);
    assertThat(answer.hits().getFirst().parts().get("meaning")).isPositive();
  }

  @Test
  void filters_are_part_of_the_search_by_meaning() throws Exception {
    update();
    index.embed(MAIN, Progress.SILENT);

    List<Hit> hits =
        index
            .search(new Question(MAIN, "a fast car", List.of("test/"), List.of(), List.of(), 1))
            .hits();

    assertThat(hits).extracting(Hit::path).containsExactly("test/MotorTest.java");
  }

  @Test
  void only_chunks_whose_text_is_new_are_embedded() throws Exception {
    update();
    index.embed(MAIN, Progress.SILENT);
    int before = embedder.texts.get();
    repository.git("mv", "src/Motor.java", "src/Engine.java");
    repository.write("src/Boat.java", "class Boat {\n  int oar;\n}\n").commit("Rename");

    update();
    assertThat(index.embed(MAIN, Progress.SILENT)).isEqualTo(2);

    assertThat(embedder.texts.get() - before).isEqualTo(1);
    assertThat(search("a fast car", Profile.DEFAULT))
        .extracting(Hit::path)
        .startsWith("src/Engine.java")
        .doesNotContain("src/Motor.java");
  }

  @Test
  void embedding_that_is_cancelled_goes_on_from_there_after_the_index_is_opened_again()
      throws Exception {
    for (int i = 0; i < 50; i++) {
      repository.write("many/File" + i + ".txt", "text number " + i + "\n");
    }
    repository.commit("Many");
    update();
    assertThatThrownBy(() -> index.embed(MAIN, (done, _) -> done < 20))
        .isInstanceOf(CancellationException.class);
    index.close();
    int before = embedder.texts.get();

    index = ProjectIndex.open(temporary.resolve("index"), Optional.of(embedder));

    assertThat(index.embed(MAIN, Progress.SILENT)).isEqualTo(53 - before);
    assertThat(embedder.texts.get()).isEqualTo(53);
  }

  @Test
  void what_like_commits_changed_is_found_by_its_present_name_where_a_change_is_planned()
      throws Exception {
    repository.write("src/Boat.java", "class Boat {\n  int wood;\n}\n");
    repository.commit("Keep barnacles off the hull");
    repository.git("mv", "src/Boat.java", "src/Ship.java");
    repository.commit("Rename");
    update();

    assertThat(search("barnacles again", Profile.CHANGE))
        .extracting(Hit::path)
        .containsExactly("src/Ship.java");
    assertThat(search("barnacles again", Profile.DEFAULT)).isEmpty();
  }

  private void update() throws InterruptedException {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      index.update(new Wanted(MAIN, repository.head(), Instant.EPOCH), tree, Progress.SILENT);
    }
  }

  private List<Hit> search(String text, Profile profile) {
    return index.search(Question.of(MAIN, text, 10).as(profile)).hits();
  }
}
