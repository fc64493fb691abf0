package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentsTest {
  @TempDir Path folder;

  private StepDocument attached(Set<String> strange, String... command) {
    StepDocument step =
        new StepDocument(
            "mend",
            "",
            "",
            "",
            List.of(EngineDocument.command(List.of(command))),
            List.of(),
            0,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            0,
            0,
            0,
            0,
            1,
            false,
            false,
            false);
    return new Attachments(
            file -> "hash",
            folder,
            "https://example.org/a",
            Attachments.Origin.COMMAND_LINE,
            strange)
        .attach(new PlanDocument(List.of(step)))
        .steps()
        .getFirst();
  }

  @Test
  void a_file_that_only_a_repository_names_stays_on_this_machine() throws IOException {
    Files.writeString(folder.resolve("id_rsa"), "private");
    Files.writeString(folder.resolve("mend.sh"), "true");

    StepDocument step = attached(Set.of("id_rsa"), "./mend.sh", "id_rsa");

    assertThat(step.files()).containsOnlyKeys("mend.sh");
    assertThat(step.engines().getFirst().arguments())
        .containsExactly("/capstan/files/mend.sh", "id_rsa");
    assertThat(attached(Set.of(), "./mend.sh", "id_rsa").files())
        .containsOnlyKeys("mend.sh", "id_rsa");
  }
}
