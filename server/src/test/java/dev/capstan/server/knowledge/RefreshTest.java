package dev.capstan.server.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.adapters.vectors.OutsideVectors;
import dev.capstan.adapters.vectors.VectorSettings;
import dev.capstan.adapters.vectors.VectorSettings.Kind;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.knowledge.embedding.HashEmbedder;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.knowledge.index.Question;
import dev.capstan.server.knowledge.Indexing.Phase;
import dev.capstan.testkit.qdrant.QdrantServer;
import dev.capstan.workspace.git.GitFolders;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An index that is in use follows its branch. */
final class RefreshTest {
  private static final ProjectId PROJECT = new ProjectId("shop");
  private static final Duration NEVER = Duration.ofDays(1);

  @TempDir Path folder;

  @Test
  void a_branch_that_moved_in_the_mirror_is_indexed_again_and_a_commit_stays_what_it_is()
      throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    git(source, "init", "--quiet", "--initial-branch=main");
    commit(source, "before.txt", "the word of before\n");
    GitFolders git = new GitFolders(folder.resolve("git"));
    git.mirror(PROJECT, source.toString());
    CommitId first = git.resolve(PROJECT, "main").commit();
    try (Indexes indexes =
            new Indexes(
                folder.resolve("index"), Optional::empty, Optional.empty(), Optional.empty());
        Refresh refresh = Refresh.start(indexes, git, InstantSource.fixed(Instant.EPOCH), NEVER)) {
      for (String view : List.of("main", first.value())) {
        indexed(indexes, git, view, first);
      }
      assertThat(refresh.look()).isZero();

      commit(source, "after.txt", "the word of afterwards\n");
      git.mirror(PROJECT, source.toString());

      assertThat(refresh.look()).isEqualTo(1);
      indexes.indexing(PROJECT).orElseThrow().await();
      ProjectIndex index = indexes.find(PROJECT).orElseThrow();
      assertThat(index.search(Question.of("main", "afterwards", 5)).hits()).hasSize(1);
      assertThat(index.search(Question.of(first.value(), "afterwards", 5)).hits()).isEmpty();
      assertThat(refresh.look()).isZero();
    }
    git.close();
  }

  @Test
  void vectors_are_made_up_for_once_their_store_is_back() throws Exception {
    Path source = Files.createDirectories(folder.resolve("source"));
    git(source, "init", "--quiet", "--initial-branch=main");
    commit(source, "some.txt", "some words\n");
    int port;
    try (QdrantServer gone = new QdrantServer()) {
      port = URI.create(gone.url()).getPort();
    }
    VectorSettings settings =
        new VectorSettings(Kind.QDRANT, "http://127.0.0.1:" + port, "", "capstan");
    try (GitFolders git = new GitFolders(folder.resolve("git"));
        OutsideVectors vectors = OutsideVectors.of(settings);
        Indexes indexes =
            new Indexes(
                folder.resolve("index"),
                () -> Optional.of(new HashEmbedder()),
                Optional.of(vectors),
                Optional.empty());
        Refresh refresh = Refresh.start(indexes, git, InstantSource.fixed(Instant.EPOCH), NEVER)) {
      git.mirror(PROJECT, source.toString());
      CommitId commit = git.resolve(PROJECT, "main").commit();
      indexed(indexes, git, "main", commit);
      Indexing indexing = indexes.indexing(PROJECT).orElseThrow();
      assertThat(indexing.state().detail())
          .contains("1 files, of which 1 were parsed", "vectors are missing: Qdrant at");

      try (QdrantServer server = new QdrantServer(port, "")) {
        assertThat(refresh.look()).isEqualTo(1);
        indexing.await();
        assertThat(indexing.state().detail()).doesNotContain("missing");
        assertThat(server.collections()).isEqualTo(1);
        ProjectIndex index = indexes.find(PROJECT).orElseThrow();
        assertThat(index.search(Question.of("main", "some words", 5)).embeddedFiles()).isEqualTo(1);
        assertThat(refresh.look()).isZero();
      }
    }
  }

  private static void indexed(Indexes indexes, GitFolders git, String view, CommitId commit) {
    Indexing indexing =
        indexes
            .begin(
                PROJECT,
                new Wanted(view, commit.value(), Instant.EPOCH),
                () -> git.sources(PROJECT, commit))
            .orElseThrow();
    indexing.await();
    assertThat(indexing.state().phase()).isEqualTo(Phase.DONE);
  }

  private static void commit(Path source, String path, String text)
      throws IOException, InterruptedException {
    Files.writeString(source.resolve(path), text);
    git(source, "add", "--all");
    git(source, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", path);
  }

  private static void git(Path folder, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Process git = new ProcessBuilder(command).directory(folder.toFile()).inheritIO().start();
    assertThat(git.waitFor()).isZero();
  }
}
