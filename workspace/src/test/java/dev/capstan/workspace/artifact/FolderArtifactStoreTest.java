package dev.capstan.workspace.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.ContentHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderArtifactStoreTest {
  @TempDir Path folder;

  @Test
  void what_a_crash_left_half_written_is_cleared_and_what_is_whole_stays() throws IOException {
    FolderArtifactStore store = new FolderArtifactStore(folder.resolve("artifacts"));
    ContentHash hash = store.keep("whole");
    Path part = Files.writeString(folder.resolve("artifacts/new-1.part"), "ha");

    store.clearUnfinished();

    assertThat(part).doesNotExist();
    assertThat(store.text(hash)).isEqualTo("whole");
  }

  @Test
  void what_another_server_has_not_finished_is_left_alone() throws IOException {
    Path artifacts = folder.resolve("artifacts");
    FolderArtifactStore ours = new FolderArtifactStore(artifacts, "ours");
    ContentHash hash = ours.keep("whole");
    Path left = Files.writeString(artifacts.resolve("new-ours-1.part"), "ha");
    Path theirs = Files.writeString(artifacts.resolve("new-theirs-1.part"), "ha");

    ours.clearUnfinished();

    assertThat(left).doesNotExist();
    assertThat(theirs).exists();
    assertThat(new FolderArtifactStore(artifacts, "theirs").text(hash)).isEqualTo("whole");
  }

  @Test
  void a_store_that_was_never_used_has_nothing_to_clear() throws IOException {
    Path none = folder.resolve("none");

    new FolderArtifactStore(none).clearUnfinished();

    assertThat(none).doesNotExist();
  }
}
