package dev.capstan.adapters.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.adapters.vectors.VectorSettings.Kind;
import dev.capstan.core.CommitId;
import dev.capstan.knowledge.embedding.Embedder;
import dev.capstan.knowledge.embedding.HashEmbedder;
import dev.capstan.knowledge.index.Answer;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.Question;
import dev.capstan.knowledge.vectors.VectorStore;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import dev.capstan.testkit.process.RealServer;
import dev.capstan.testkit.qdrant.QdrantServer;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store that is away costs what only it can find, and nothing else. */
final class OutageTest {
  private static final String MAIN = "main";

  @TempDir Path temporary;

  private final Embedder embedder = new HashEmbedder();

  private static VectorSettings at(Kind kind, int port, String key) {
    String url =
        kind == Kind.PGVECTOR
            ? "postgresql://someone@127.0.0.1:" + port + "/vectors"
            : "http://127.0.0.1:" + port;
    return new VectorSettings(kind, url, key, "capstan");
  }

  @ParameterizedTest
  @EnumSource
  void who_is_not_there_is_named(Kind kind) throws IOException {
    int port = RealServer.freePort();
    try (OutsideVectors stores = OutsideVectors.of(at(kind, port, "a-secret"));
        VectorStore store = stores.of("shop", "model")) {
      assertThatThrownBy(store::units)
          .isInstanceOf(VectorsUnavailable.class)
          .message()
          .containsIgnoringCase(kind.word())
          .contains("127.0.0.1:" + port)
          .doesNotContain("a-secret");
    }
  }

  @Test
  void a_wrong_key_is_said_by_the_server() {
    try (QdrantServer server = new QdrantServer(0, "a-key");
        OutsideVectors stores =
            OutsideVectors.of(new VectorSettings(Kind.QDRANT, server.url(), "another", "capstan"));
        VectorStore store = stores.of("shop", "model")) {
      assertThatThrownBy(store::units)
          .isInstanceOf(VectorsUnavailable.class)
          .hasMessageContaining("HTTP 401")
          .hasMessageContaining("API key");
    }
  }

  @Test
  void words_answer_while_the_store_is_away_and_meaning_when_it_is_there() throws Exception {
    SourceRepository repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write("src/Motor.java", "class Motor {\n  int speed;\n}\n");
    repository.write("src/Boat.java", "class Boat {\n  int sail;\n}\n");
    repository.commit("All");
    int port = RealServer.freePort();
    try (OutsideVectors stores = OutsideVectors.of(at(Kind.QDRANT, port, ""));
        ProjectIndex index = index(stores)) {
      update(index, repository);
      assertThatThrownBy(() -> index.embed(MAIN, Progress.SILENT))
          .isInstanceOf(VectorsUnavailable.class);
      Answer away = index.search(Question.of(MAIN, "the sail of it", 5));
      assertThat(away.hits()).extracting(Answer.Hit::path).containsExactly("src/Boat.java");
      assertThat(away.outage()).contains("Qdrant", String.valueOf(port));

      try (QdrantServer server = new QdrantServer(port, "")) {
        assertThat(index.embed(MAIN, Progress.SILENT)).isEqualTo(2);
        Answer there = index.search(Question.of(MAIN, "the sail of it", 5));
        assertThat(there.outage()).isEmpty();
        assertThat(there.embeddedFiles()).isEqualTo(2);
        assertThat(there.hits().getFirst().parts()).containsKey("meaning");
        assertThat(server.collections()).isEqualTo(1);
        repository.git("rm", "-q", "src/Motor.java");
        repository.write("src/Oar.java", "class Oar {\n  int wood;\n}\n").commit("Other");
        update(index, repository);
        assertThat(index.embed(MAIN, Progress.SILENT)).isEqualTo(1);
        try (VectorStore same = stores.of("shop", embedder.model())) {
          assertThat(same.units())
              .hasSize(2)
              .anyMatch(unit -> unit.endsWith("src/Oar.java"))
              .anyMatch(unit -> unit.endsWith("src/Boat.java"));
        }
      }
      assertThat(index.search(Question.of(MAIN, "the sail of it", 5)).outage()).isNotEmpty();
    }
  }

  @Test
  void filters_are_part_of_the_search_by_meaning() throws Exception {
    SourceRepository repository = SourceRepository.empty(temporary.resolve("source"));
    for (int i = 0; i < 30; i++) {
      repository.write("src/Near" + i + ".java", "class Near" + i + " {\n  int wind;\n}\n");
    }
    repository.write("docs/Far.md", "# Weather\n\nThe wind of the sea, far away from all\n");
    repository.commit("All");
    try (QdrantServer server = new QdrantServer();
        OutsideVectors stores =
            OutsideVectors.of(new VectorSettings(Kind.QDRANT, server.url(), "", "capstan"));
        ProjectIndex index = index(stores)) {
      update(index, repository);
      index.embed(MAIN, Progress.SILENT);

      for (Question question :
          List.of(
              new Question(MAIN, "wind int", List.of("do*/F?r.md"), List.of(), List.of(), 1),
              new Question(MAIN, "wind int", List.of("/docs/"), List.of(), List.of(), 1),
              new Question(MAIN, "wind int", List.of(), List.of("Markdown"), List.of(), 1),
              new Question(MAIN, "wind int", List.of(), List.of(), List.of("docs"), 1))) {
        Answer answer = index.search(question);
        assertThat(answer.hits()).extracting(Answer.Hit::path).containsExactly("docs/Far.md");
        assertThat(answer.hits().getFirst().parts()).containsKey("meaning");
      }
    }
  }

  private ProjectIndex index(OutsideVectors stores) {
    return ProjectIndex.open(
        temporary.resolve("shop"),
        Optional.of(embedder),
        Optional.of(stores.of("shop", embedder.model())));
  }

  private static void update(ProjectIndex index, SourceRepository repository)
      throws InterruptedException {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      index.update(new Wanted(MAIN, repository.head(), Instant.EPOCH), tree, Progress.SILENT);
    }
  }
}
