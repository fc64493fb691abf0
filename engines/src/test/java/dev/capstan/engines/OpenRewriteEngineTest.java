package dev.capstan.engines;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OpenRewriteEngineTest {
  @Test
  void a_complaint_names_the_file_as_the_repository_does() {
    assertThat(
            OpenRewriteEngine.complaint(
                "[ERROR] /work/one/tree/src/main/java/A.java:[18,15] cannot find symbol",
                Path.of("/work/one/tree")))
        .isEqualTo("src/main/java/A.java:[18,15] cannot find symbol");
  }
}
