package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir Path temporary;

  @Test
  void a_missing_folder_is_made_and_owned_once_at_a_time_within_a_process() {
    Path path = temporary.resolve("a/b");

    try (DataFolder folder = Folders.own(path)) {
      assertThat(DataFolder.tryOwn(path))
          .isInstanceOfSatisfying(
              OwnedBy.class,
              owner -> assertThat(owner.pid()).isEqualTo(ProcessHandle.current().pid()));
      assertThat(folder.path().resolve("capstan-layout")).hasContent("layout=1");
    }
    Folders.own(path).close();
  }

  @Test
  void a_folder_of_a_newer_capstan_is_refused_and_left_as_it_is() throws IOException {
    Files.writeString(temporary.resolve("capstan-layout"), "layout=2\n");

    refuses(temporary, "newer Capstan (layout 2, this one knows up to 1)");
  }

  @Test
  void a_folder_of_another_postgresql_is_refused_and_left_as_it_is() throws IOException {
    Folders.own(temporary).close();
    Path data = Files.createDirectories(Folders.data(temporary));
    Files.writeString(data.resolve("PG_VERSION"), "19\n");

    refuses(temporary, "was written by PostgreSQL 19");
  }

  @Test
  void a_folder_with_something_else_in_it_is_refused_and_left_as_it_is() throws IOException {
    Files.writeString(temporary.resolve("holiday.jpg"), "sea");

    refuses(temporary, "it holds holiday.jpg");
  }

  @Test
  void a_damaged_mark_is_refused() throws IOException {
    Files.writeString(temporary.resolve("capstan-layout"), "\0\0\0");

    refuses(temporary, "is damaged");
  }

  @Test
  void a_file_in_place_of_the_folder_is_refused() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "text");

    assertThatThrownBy(() -> DataFolder.tryOwn(file))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContaining(file + " is a file");
    assertThatThrownBy(() -> DataFolder.tryOwn(file.resolve("below")))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContaining(file.toString());
  }

  /** Not even root may make a folder in /proc. */
  @Test
  void a_place_that_can_not_be_written_to_is_refused() {
    assertThatThrownBy(() -> DataFolder.tryOwn(Path.of("/proc/capstan")))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContaining("/proc/capstan can't be used")
        .hasMessageContaining("choose another folder");
  }

  @Test
  void an_owner_that_was_killed_before_it_wrote_the_mark_does_no_harm() throws IOException {
    Files.writeString(temporary.resolve("owner.lock"), "");
    Files.writeString(temporary.resolve("owner"), "");
    Files.writeString(temporary.resolve(".capstan-layout123.new"), "");

    try (DataFolder folder = Folders.own(temporary)) {
      assertThat(folder.path().resolve("capstan-layout")).exists();
    }
  }

  private static void refuses(Path folder, String reason) throws IOException {
    var before = content(folder);

    assertThatThrownBy(() -> DataFolder.tryOwn(folder))
        .isInstanceOf(DataFolderUnusable.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining(reason);
    assertThat(content(folder)).isEqualTo(before);
  }

  private static SortedMap<String, String> content(Path folder) throws IOException {
    SortedMap<String, String> content = new TreeMap<>();
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> files = tree.filter(Files::isRegularFile).toList();
      for (Path file : files) {
        content.put(folder.relativize(file).toString(), Files.readString(file));
      }
    }
    return content;
  }
}
