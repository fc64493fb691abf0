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
  void a_store_that_was_never_used_has_nothing_to_clear() throws IOException {
    Path none = folder.resolve("none");

    new FolderArtifactStore(none).clearUnfinished();

    assertThat(none).doesNotExist();
  }
}
