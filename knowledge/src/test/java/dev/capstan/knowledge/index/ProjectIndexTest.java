package dev.capstan.knowledge.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.index.Answer.Hit;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.PastCommit;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found, and that it follows every change of the tree. */
final class ProjectIndexTest {
  private static final String MAIN = "main";

  @TempDir Path temporary;

  private SourceRepository repository;
  private ProjectIndex index;

  @BeforeEach
  void open() {
    repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write("src/Till.java", "class Till {\n  void openDrawer() { ring(); }\n}\n");
    repository.write(
        "src/Shop.java", "class Shop {\n  void sell() { new Till().openDrawer(); }\n}\n");
    repository.write("test/TillTest.java", "class TillTest {\n  @Test void opens_drawer() {}\n}\n");
    repository.write("docs/till.md", "# The till\n\nIts drawer opens by itself.\n");
    repository
        .write("NOTES.java", "// NO_LLM\nclass Hidden { int forbiddenWord; }\n")
        .commit("All");
    index = ProjectIndex.open(temporary.resolve("index"));
  }

  @AfterEach
  void close() {
    index.close();
  }

  @Test
  void an_identifier_finds_where_it_is_declared_before_where_it_is_used() throws Exception {
    update();

    List<Hit> hits = search("openDrawer");

    assertThat(hits).extracting(Hit::path).startsWith("src/Till.java", "src/Shop.java");
    Hit first = hits.getFirst();
    assertThat(first.id())
        .isEqualTo("src/Till.java@" + repository.git("rev-parse", "HEAD:src/Till.java") + "#L1-L3");
    assertThat(first.parts().get("bm25.symbol")).isPositive();
  }

  @Test
  void a_score_is_the_sum_of_what_each_way_to_find_it_gave() throws Exception {
    update();

    for (Hit hit : search("opens drawer")) {
      double sum =
          hit.parts().entrySet().stream()
              .filter(part -> List.of("words", "meaning", "history").contains(part.getKey()))
              .mapToDouble(part -> part.getValue())
              .sum();
      assertThat(sum).isCloseTo(hit.score(), org.assertj.core.data.Offset.offset(1e-4));
    }
  }

  @Test
  void the_words_of_an_identifier_find_it_too() throws Exception {
    update();

    assertThat(search("open drawer")).extracting(Hit::path).contains("src/Till.java");
  }

  @Test
  void a_file_that_did_not_change_by_the_clock_is_not_read_again() throws Exception {
    Set<String> read = new HashSet<>();
    Map<String, Long> changed = new HashMap<>();
    Watched tree = new Watched(SourceTree.working(repository.folder()), changed, read::add);
    for (String path : List.of("src/Till.java", "src/Shop.java", "NOTES.java")) {
      changed.put(path, 1L);
    }
    index.update(new Wanted("tree", "", Instant.EPOCH), tree, Progress.SILENT);
    assertThat(read).contains("src/Till.java", "src/Shop.java", "NOTES.java");

    repository.write("src/Shop.java", "class Shop {\n  void sell() { neverSeenYet(); }\n}\n");
    changed.put("src/Shop.java", 2L);
    read.clear();
    index.update(new Wanted("tree", "", Instant.EPOCH), tree, Progress.SILENT);

    assertThat(read)
        .contains("src/Shop.java", "docs/till.md") // of the latter it is not known
        .doesNotContain("src/Till.java", "NOTES.java");
    assertThat(index.search(Question.of("tree", "neverSeenYet", 5)).hits())
        .extracting(Hit::path)
        .containsExactly("src/Shop.java");
    assertThat(index.search(Question.of("tree", "openDrawer", 5)).hits())
        .extracting(Hit::path)
        .startsWith("src/Till.java");
    assertThat(index.search(Question.of("tree", "forbiddenWord", 5)).hits()).isEmpty();
  }

  @Test
  void a_switch_of_branches_while_it_is_indexed_mixes_neither_files_nor_rules() throws Exception {
    repository.git("checkout", "-q", "-b", "other");
    repository.write(".capstanignore", "src/Till.java\n");
    repository.write("src/Till.java", "class Till { int forbiddenWord; }\n");
    repository.write("src/Only.java", "class Only { void onlyThere() {} }\n");
    repository.git("rm", "-q", "src/Shop.java");
    repository.commit("Another till");
    repository.git("checkout", "-q", "main");
    AtomicBoolean switched = new AtomicBoolean();
    Watched tree =
        new Watched(
            SourceTree.working(repository.folder()),
            Map.of(),
            path -> {
              if (path.equals("NOTES.java") && !switched.getAndSet(true)) {
                repository.git("checkout", "-q", "other");
              }
            });

    index.update(new Wanted("tree", "", Instant.EPOCH), tree, Progress.SILENT);

    View view = index.view("tree").orElseThrow();
    assertThat(switched).isTrue();
    assertThat(view.files())
        .extracting(file -> file.path() + " " + file.state().word())
        .containsExactly(
            ".capstanignore indexed",
            "NOTES.java opted out",
            "docs/till.md indexed",
            "src/Only.java indexed",
            "src/Till.java opted out",
            "test/TillTest.java indexed");
    assertThat(index.search(Question.of("tree", "onlyThere", 5)).hits()).isNotEmpty();
    assertThatNoFileHas("forbiddenWord");
  }

  @Test
  void what_opts_out_after_it_was_indexed_is_erased() throws Exception {
    update();
    assertThat(search("openDrawer")).extracting(Hit::path).startsWith("src/Till.java");
    repository.write(".capstanignore", "src/\n").commit("Keep it from machines");

    update();

    assertThat(search("openDrawer")).noneMatch(hit -> hit.path().startsWith("src/"));
    assertThatNoFileHas("openDrawer");
  }

  private void assertThatNoFileHas(String word) throws IOException {
    try (Stream<Path> files = Files.walk(temporary.resolve("index"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContainIgnoringCase(word);
      }
    }
  }

  /** A work tree whose clock is set by hand, and that tells what is read. */
  private record Watched(SourceTree files, Map<String, Long> changed, Consumer<String> reading)
      implements SourceTree {
    @Override
    public List<Entry> entries() {
      return files.entries().stream()
          .map(entry ->
              new Entry(
                  entry.path(),
                  entry.kind(),
                  entry.blob(),
                  entry.size(),
                  changed.getOrDefault(entry.path(), 0L)))
          .toList();
    }

    @Override
    public Optional<byte[]> content(Entry entry, int maxBytes) {
      reading.accept(entry.path());
      return files.content(entry, maxBytes);
    }

    @Override
    public List<PastCommit> history(int most) {
      return files.history(most);
    }

    @Override
    public Optional<CommitId> head() {
      return files.head();
    }

    @Override
    public void close() {
      files.close();
    }
  }

  @Test
  void the_rarest_hit_is_found_under_every_filter() throws Exception {
    for (int i = 0; i < 600; i++) {
      repository.write("many/File" + i + ".java", "class File" + i + " { void rareName() {} }\n");
    }
    repository.write("deep/down/only.py", "def rareName(): pass\n").commit("Many");
    update();

    assertThat(index.search(question("rareName", List.of("deep/"), List.of(), List.of())).hits())
        .extracting(Hit::path)
        .containsExactly("deep/down/only.py");
    assertThat(index.search(question("rareName", List.of(), List.of("python"), List.of())).hits())
        .extracting(Hit::path)
        .containsExactly("deep/down/only.py");
    assertThat(
            index
                .search(question("rareName", List.of("*.py"), List.of("python"), List.of("code")))
                .hits())
        .extracting(Hit::path)
        .containsExactly("deep/down/only.py");
  }

  @Test
  void nothing_of_what_opted_out_is_in_the_index_folder() throws Exception {
    update();

    assertThat(search("forbiddenWord")).isEmpty();
    assertThatNoFileHas("forbiddenWord");
    assertThat(index.view(MAIN).orElseThrow().coverage().states())
        .containsEntry("indexed", 4)
        .containsEntry("opted out", 1);
  }

  @Test
  void only_what_changed_is_parsed_and_what_went_leaves_no_ghost() throws Exception {
    assertThat(update().parsed()).isEqualTo(4);
    assertThat(update().parsed()).isZero();
    repository.write("src/Till.java", "class Till {\n  void closeDrawer() {}\n}\n");
    repository.git("rm", "-q", "src/Shop.java");
    repository.commit("Change");

    Update changed = update();

    assertThat(changed.parsed()).isEqualTo(1);
    assertThat(changed.removed()).isEqualTo(2);
    assertThat(search("openDrawer"))
        .isNotEmpty()
        .noneMatch(hit -> hit.text().contains("openDrawer"))
        .noneMatch(hit -> hit.path().equals("src/Shop.java"));
    assertThat(search("closeDrawer")).extracting(Hit::path).startsWith("src/Till.java");
  }

  @Test
  void branches_share_what_they_have_in_common_and_each_finds_its_own() throws Exception {
    update();
    repository.git("checkout", "-q", "-b", "side");
    repository.write("src/Side.java", "class Side { void sideways() {} }\n").commit("Side");

    assertThat(update("side").parsed()).isEqualTo(1);
    assertThat(search("sideways")).isEmpty();
    assertThat(index.search(Question.of("side", "sideways", 5)).hits()).hasSize(1);
    repository.git("checkout", "-q", "main");
    assertThat(update("side").removed()).isEqualTo(1);
    assertThat(index.search(Question.of("side", "sideways", 5)).hits()).isEmpty();
  }

  @Test
  void uncommitted_edits_are_found_and_share_what_is_committed() throws Exception {
    update();
    repository.write("src/New.java", "class New { void brandNew() {} }\n");

    try (SourceTree tree = SourceTree.working(repository.folder())) {
      Update update =
          index.update(new Wanted("work tree", "", Instant.EPOCH), tree, Progress.SILENT);
      assertThat(update.parsed()).isEqualTo(1);
    }

    assertThat(index.search(Question.of("work tree", "brandNew", 5)).hits().getFirst().path())
        .isEqualTo("src/New.java");
    assertThat(search("brandNew")).noneMatch(hit -> hit.path().equals("src/New.java"));
  }

  @Test
  void what_was_cancelled_changes_no_view_and_is_not_parsed_again() throws Exception {
    update();
    repository.write("a/One.java", "class One { void first() {} }\n");
    repository.write("z/Two.java", "class Two { void second() {} }\n").commit("Two");

    assertThatThrownBy(() -> update(MAIN, (done, _) -> done < 5))
        .isInstanceOf(CancellationException.class);

    assertThat(search("first")).isEmpty();
    assertThat(update().parsed()).isEqualTo(1);
    assertThat(search("first")).hasSize(1);
  }

  @Test
  void an_index_that_is_opened_again_knows_what_it_knew() throws Exception {
    update();
    index.close();
    index = ProjectIndex.open(temporary.resolve("index"));

    assertThat(search("openDrawer")).isNotEmpty();
    assertThat(update().parsed()).isZero();
  }

  @Test
  void who_searches_during_an_update_sees_all_of_before_or_all_of_after() throws Exception {
    writeGeneration("alpha");
    update();
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> whole = readers.submit(() -> onlyWholeGenerations(over));
      for (String generation : List.of("beta", "gamma", "delta")) {
        writeGeneration(generation);
        update();
      }
      over.set(true);
      assertThat(whole.get()).isTrue();
    }
  }

  private boolean onlyWholeGenerations(AtomicBoolean over) {
    while (!over.get()) {
      List<Hit> hits = index.search(Question.of(MAIN, "generation", 50)).hits();
      List<String> words =
          hits.stream().map(hit -> hit.text().replaceAll("^\\w+ \\d+ ", "")).distinct().toList();
      if (hits.size() != 20 || words.size() != 1) {
        return false;
      }
    }
    return true;
  }

  private void writeGeneration(String word) throws IOException {
    for (int i = 0; i < 20; i++) {
      repository.write("g/File" + i + ".txt", "generation " + i + " " + word + " of text\n");
    }
    repository.commit(word);
  }

  private Update update() throws InterruptedException {
    return update(MAIN);
  }

  private Update update(String view) throws InterruptedException {
    return update(view, Progress.SILENT);
  }

  private Update update(String view, Progress progress) throws InterruptedException {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      return index.update(new Wanted(view, repository.head(), Instant.EPOCH), tree, progress);
    }
  }

  private List<Hit> search(String text) {
    return index.search(Question.of(MAIN, text, 10)).hits();
  }

  private static Question question(
      String text, List<String> paths, List<String> languages, List<String> roles) {
    return new Question(MAIN, text, paths, languages, roles, 10);
  }
}
