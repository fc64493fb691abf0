package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.AuditHash;
import dev.capstan.api.AuditView;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class AuditFilesTest {
  private static final List<AuditView> ENTRIES = entries(30);

  @TempDir Path folder;

  private static List<AuditView> entries(int count) {
    List<AuditView> entries = new ArrayList<>();
    String prior = "";
    for (int position = 1; position <= count; position++) {
      AuditView entry = entry(position, "said \"so\" \\ in \u00e9\n", "");
      prior = AuditHash.of(prior, entry);
      entries.add(entry(position, entry.reason(), prior));
    }
    return List.copyOf(entries);
  }

  private static AuditView entry(long position, String reason, String hash) {
    return new AuditView(
        position,
        Instant.parse("2026-12-01T08:00:00.123456Z"),
        "ada",
        "id",
        "default",
        "POST /api/v1/runs",
        "/api/v1/runs",
        "allowed",
        reason,
        "127.0.0.1",
        hash);
  }

  private Path file(String name, List<AuditView> entries) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        entries.stream()
            .map(entry -> JsonMapper.shared().writeValueAsString(entry) + '\n')
            .collect(Collectors.joining()));
  }

  private static String read(Path... files) {
    return new AuditFiles().read(List.of(files)).inWords();
  }

  @Test
  void chunks_that_follow_each_other_are_whole_also_where_they_overlap() throws IOException {
    Path begin = file("1", ENTRIES.subList(0, 10));
    Path middle = file("2", ENTRIES.subList(7, 20));
    Path end = file("3", ENTRIES.subList(20, 30));

    String last = "30:" + ENTRIES.getLast().hash();
    assertThat(read(begin, middle, end)).isEqualTo("whole: " + last);
    assertThat(read(end)).isEqualTo("each follows from entry 21 on: " + last);
    assertThat(read(file("none", List.of()))).isEqualTo("there are no entries");
  }

  @Test
  void what_was_changed_or_is_missing_is_named() throws IOException {
    List<AuditView> changed = new ArrayList<>(ENTRIES);
    changed.set(4, entry(5, "nothing", ENTRIES.get(4).hash()));
    Path all = file("all", ENTRIES);

    assertThat(read(file("changed", changed)))
        .endsWith("line 5: entry 5 does not follow the one before it");
    assertThat(read(file("gap", ENTRIES.subList(0, 3)), file("after", ENTRIES.subList(4, 9))))
        .endsWith("line 1: entry 4 is missing");
    assertThat(read(file("late", ENTRIES.subList(1, 9)))).startsWith("each follows from entry 2");
    List<AuditView> other = List.of(entry(7, "other", "0".repeat(64)));
    assertThat(read(all, file("other", other)))
        .endsWith("entry 7 is not the one that was there before");
  }

  @Test
  void what_was_kept_must_be_there() throws IOException {
    Path all = file("all", ENTRIES);
    AuditFiles there = new AuditFiles();
    there.keep(3, ENTRIES.get(2).hash());
    assertThat(there.read(List.of(all)).whole()).isTrue();

    AuditFiles gone = new AuditFiles();
    gone.keep(31, ENTRIES.get(2).hash());
    assertThat(gone.read(List.of(all)).inWords()).startsWith("what was kept is not there any more");
  }

  @Test
  void what_is_no_export_is_refused() throws IOException {
    for (String text :
        List.of("{}\n", "null\n", "[1]\n", "position,at\r\n", "\n", "{\"position\":1")) {
      Path file = Files.writeString(folder.resolve("other"), text);
      assertThatThrownBy(() -> read(file))
          .as(text)
          .isInstanceOf(ApiFailure.class)
          .hasMessageContaining("no export of the audit");
    }
    assertThatThrownBy(() -> read(folder.resolve("missing")))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("cannot be read");
  }
}
