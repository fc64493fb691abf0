package dev.capstan.workspace.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.forge.Forge.Draft;
import dev.capstan.workspace.forge.Forge.Opened;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.SourceRepository;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalForgeTest extends ForgeContract {
  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final ProjectId PROJECT = new ProjectId("shop");

  @TempDir Path folder;
  private GitFolders git;
  private LocalForge forge;

  @BeforeEach
  void make_a_project() throws InterruptedException {
    SourceRepository source = SourceRepository.small(folder.resolve("source"));
    source.git("checkout", "-q", "-b", "other");
    source.write("other.txt", "other").commit("Other");
    source.git("checkout", "-q", "main");
    source.write("main.txt", "main").commit("Main");
    git = new GitFolders(folder.resolve("root"));
    git.mirror(PROJECT, source.folder().toString());
    forge = new LocalForge(folder.resolve("root"), git, InstantSource.fixed(NOW));
  }

  @Test
  void a_lock_that_a_killed_push_left_does_not_keep_the_branch_from_being_pushed()
      throws IOException {
    forge.push(PROJECT, commit(), "before");
    Path heads = folder.resolve("root/forge/shop.git/refs/heads");
    Files.createDirectories(heads.resolve("capstan"));
    Path lock = Files.createFile(heads.resolve("capstan/goal.lock"));

    forge.push(PROJECT, commit(), "capstan/goal");

    assertThat(lock).doesNotExist();
    assertThat(heads.resolve("capstan/goal")).content().startsWith(commit().value());
  }

  @Test
  void a_page_that_a_kill_left_without_a_record_is_written_over() throws IOException {
    Path pulls = Files.createDirectories(folder.resolve("root/forge/shop.pulls"));
    Files.writeString(pulls.resolve("1.md"), "half a page");

    Opened opened = forge.open(new Draft(PROJECT, "k", "Mend it", "All", "head", "main", commit()));

    assertThat(opened.number()).isEqualTo(1);
    assertThat(pulls.resolve("1.md")).content().contains("Mend it");
    assertThat(pulls.resolve("2.md")).doesNotExist();
  }

  @Test
  void its_address_is_a_page_for_people() {
    Opened opened =
        forge.open(new Draft(PROJECT, "k", "Mend\nit", "All *green*", "head", "main", commit()));

    assertThat(opened.at()).isEqualTo(NOW);
    assertThat(Path.of(URI.create(opened.url())))
        .content()
        .contains("# #1 Mend it\n", "into `main` from `head` at " + commit(), "All *green*");
  }

  @Test
  void what_was_opened_is_there_after_a_restart() {
    Opened opened = forge.open(new Draft(PROJECT, "k", "T", "B", "head", "main", commit()));

    LocalForge restarted = new LocalForge(folder.resolve("root"), git, InstantSource.system());
    assertThat(restarted.find(PROJECT, "k")).contains(opened);
  }

  @Test
  void who_reviews_and_whether_commits_are_signed_stand_in_the_record_and_on_the_page()
      throws IOException {
    List<String> reviewers = List.of("@ada", "@shop/core");
    Draft draft = new Draft(PROJECT, "k", "T", "B", "head", "main", commit(), reviewers, true);

    Opened opened = forge.open(draft);

    assertThat(forge.find(PROJECT, "k").orElseThrow().draft()).isEqualTo(draft);
    assertThat(Path.of(URI.create(opened.url())))
        .content()
        .contains("reviewers: `@ada`, `@shop/core`", "commits are signed");
  }

  @Test
  void a_record_of_before_there_were_reviewers_is_read() throws IOException {
    forge.open(new Draft(PROJECT, "k", "T", "B", "head", "main", commit()));
    Path pulls = folder.resolve("root/forge/shop.pulls");
    try (Stream<Path> files = Files.list(pulls)) {
      Path record =
          files.filter(file -> file.getFileName().toString().startsWith("key-")).findAny().get();
      String text = Files.readString(record);
      String older = text.replaceAll(",\\s*\"reviewers\" : \\[ \\],\\s*\"signed\" : false", "");
      assertThat(older).isNotEqualTo(text).doesNotContain("signed");
      Files.writeString(record, older);
    }

    assertThat(forge.find(PROJECT, "k").orElseThrow().draft())
        .isEqualTo(new Draft(PROJECT, "k", "T", "B", "head", "main", commit()));
  }

  @Override
  protected Forge forge() {
    return forge;
  }

  @Override
  protected ProjectId project() {
    return PROJECT;
  }

  @Override
  protected CommitId commit() {
    return git.resolve(PROJECT, "main").commit();
  }

  @Override
  protected CommitId unrelated() {
    return git.resolve(PROJECT, "other").commit();
  }

  @Override
  protected CommitId branch(String name) {
    Path repository = folder.resolve("root/forge/shop.git");
    return new CommitId(SourceRepository.run(repository, "rev-parse", "refs/heads/" + name));
  }
}
