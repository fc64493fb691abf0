package dev.capstan.knowledge.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.Coverage;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.FileState.Failed;
import dev.capstan.knowledge.FileState.Indexed;
import dev.capstan.knowledge.FileState.OptedOut;
import dev.capstan.knowledge.FileState.Partial;
import dev.capstan.knowledge.FileState.Reason;
import dev.capstan.knowledge.FileState.Skipped;
import dev.capstan.knowledge.discovery.Discovery.Found;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A repository of traps, with the real git. */
final class DiscoveryTest {
  @TempDir Path temporary;

  private SourceRepository repository;
  private final List<String> readable = new ArrayList<>();

  @BeforeEach
  void makeRepository() {
    repository = SourceRepository.empty(temporary.resolve("source"));
  }

  @Test
  void every_file_of_a_repository_of_traps_is_in_exactly_one_state() throws IOException {
    writeTraps();
    repository.commit("Traps");

    Map<String, FileRecord> files = committed();

    assertThat(files).hasSize(repository.git("ls-files").lines().toList().size());
    Coverage coverage = new Coverage(files.values());
    assertThat(coverage.states().values().stream().mapToInt(n -> n).sum()).isEqualTo(files.size());
    assertThat(file(files, "src/App.java").state()).isEqualTo(new Indexed());
    assertThat(file(files, "latin.txt").state()).isEqualTo(new Indexed());
    assertThat(file(files, "wide.txt").state()).isEqualTo(new Indexed());
    assertThat(skipped(files))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "image.png", Reason.BINARY,
                "empty.txt", Reason.EMPTY,
                "huge.txt", Reason.TOO_LARGE,
                "package-lock.json", Reason.GENERATED,
                "Proto.java", Reason.GENERATED,
                "bundle.js", Reason.MINIFIED,
                ".env", Reason.SECRET,
                "keys/server.pem", Reason.SECRET,
                "loop", Reason.LINK,
                "broken.txt", Reason.UNKNOWN_ENCODING));
  }

  @Test
  void no_byte_of_what_has_opted_out_is_handed_on() throws IOException {
    repository.write(".capstanignore", "secret/\n").write(".aiignore", "*.ai.txt\n");
    repository.write(".cursorignore", "cursor.txt\n").write("free.txt", "free\n");
    repository.write("secret/a.txt", "FORBIDDEN\n").write("b.ai.txt", "FORBIDDEN\n");
    repository.write("cursor.txt", "FORBIDDEN\n").write("C.java", "// NO_LLM\n// FORBIDDEN\n");
    repository.commit("Kept");

    Map<String, FileRecord> files = committed();

    assertThat(files.values().stream().filter(file -> file.state() instanceof OptedOut))
        .extracting(FileRecord::path)
        .containsExactlyInAnyOrder("secret/a.txt", "b.ai.txt", "cursor.txt", "C.java");
    assertThat(readable).isNotEmpty().noneMatch(text -> text.contains("FORBIDDEN"));
  }

  @Test
  void a_work_tree_has_what_is_new_and_not_what_is_ignored_or_deleted() throws IOException {
    repository.write(".gitignore", "target/\n").write("deep/.gitignore", "*.log\n!keep.log\n");
    repository.write("gone.txt", "gone\n").write("changed.txt", "old\n").commit("First");
    Files.delete(repository.folder().resolve("gone.txt"));
    repository.write("changed.txt", "new\n").write("new.txt", "new\n").write("target/a.o", "o\n");
    repository.write("deep/a.log", "log\n").write("deep/keep.log", "log\n");
    repository.write(".git/info/exclude", "mine.txt\n").write("mine.txt", "mine\n");

    Map<String, FileRecord> files = working();

    assertThat(files.keySet())
        .containsExactly(
            ".gitignore", "changed.txt", "deep/.gitignore", "deep/keep.log", "new.txt");
    assertThat(file(files, "changed.txt").blob())
        .isEqualTo(repository.git("hash-object", "changed.txt"));
  }

  @Test
  void a_worktree_of_git_is_a_work_tree_too() {
    repository.write("a.txt", "a\n").commit("First");
    Path other = temporary.resolve("other");
    repository.git("worktree", "add", "-q", "-b", "side", other.toString());
    SourceRepository.writeBelow(other, "b.txt", "b\n");

    try (SourceTree tree = SourceTree.working(other)) {
      assertThat(discover(tree).keySet()).containsExactly("a.txt", "b.txt");
    }
  }

  @Test
  void a_file_that_goes_while_the_tree_is_read_has_failed() throws IOException {
    repository.write("a.txt", "a\n").commit("First");
    try (SourceTree tree = SourceTree.working(repository.folder())) {
      Discovery discovery = Discovery.of(tree);
      Files.delete(repository.folder().resolve("a.txt"));

      Found found = discovery.byContent(discovery.entries().getFirst());

      assertThat(found).isInstanceOf(Found.Settled.class);
      assertThat(((Found.Settled) found).file().state()).isInstanceOf(Failed.class);
    }
  }

  @Test
  void of_a_long_file_the_beginning_is_read_and_that_is_said() {
    repository.write("long.txt", "a line of words\n".repeat(100_000)).commit("Long");

    FileRecord file = file(committed(), "long.txt");

    assertThat(file.state()).isInstanceOf(Partial.class);
    assertThat(((Partial) file.state()).ranges().getFirst().last()).isEqualTo(65_536);
    assertThat(readable.getFirst()).hasSize(65_536 * 16);
  }

  @Test
  void names_that_differ_in_case_only_are_different_files() {
    repository.write("Readme.md", "# One\n").write("README.md", "# Two\n").commit("Both");

    assertThat(committed()).containsOnlyKeys("README.md", "Readme.md");
  }

  private void writeTraps() throws IOException {
    repository.write("src/App.java", "class App {}\n").write("empty.txt", "");
    repository.write("package-lock.json", "{}\n").write(".env", "PASSWORD=x\n");
    repository.write("Proto.java", "// Generated by protoc. DO NOT EDIT!\nclass Proto {}\n");
    repository.write("bundle.js", "var a=1;".repeat(1_000)).write("keys/server.pem", "key\n");
    bytes("image.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0, 0});
    bytes("latin.txt", "Grüße\n".getBytes(StandardCharsets.ISO_8859_1));
    bytes("wide.txt", "\uFEFFwide\n".getBytes(StandardCharsets.UTF_16LE));
    bytes("broken.txt", new byte[] {'a', (byte) 0xC3, (byte) 0x28, (byte) 0x81, '\n'});
    bytes("huge.txt", new byte[21 << 20]);
    Files.createSymbolicLink(repository.folder().resolve("loop"), Path.of("."));
  }

  private void bytes(String path, byte[] content) throws IOException {
    Files.write(repository.folder().resolve(path), content);
  }

  private Map<String, FileRecord> committed() {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      return discover(tree);
    }
  }

  private Map<String, FileRecord> working() {
    try (SourceTree tree = SourceTree.working(repository.folder())) {
      return discover(tree);
    }
  }

  private Map<String, FileRecord> discover(SourceTree tree) {
    Map<String, FileRecord> files = new TreeMap<>();
    Discovery discovery = Discovery.of(tree);
    for (SourceTree.Entry entry : discovery.entries()) {
      FileRecord file = discovery.byName(entry).orElseGet(() -> record(discovery.byContent(entry)));
      files.put(file.path(), file);
    }
    return files;
  }

  private FileRecord record(Found found) {
    return switch (found) {
      case Found.Settled settled -> settled.file();
      case Found.Text read -> {
        readable.add(read.text());
        yield read.file();
      }
    };
  }

  private static FileRecord file(Map<String, FileRecord> files, String path) {
    return Optional.ofNullable(files.get(path)).orElseThrow();
  }

  private static Map<String, Reason> skipped(Map<String, FileRecord> files) {
    Map<String, Reason> reasons = new TreeMap<>();
    files
        .values()
        .forEach(file -> {
          if (file.state() instanceof Skipped(Reason reason)) {
            reasons.put(file.path(), reason);
          }
        });
    return reasons;
  }
}
