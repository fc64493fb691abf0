package dev.capstan.postgres.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresBinariesTest {
  @TempDir Path home;

  @Test
  void several_may_unpack_at_once_and_what_a_killed_one_left_is_removed() throws Exception {
    Path old = Files.createDirectories(home.resolve("postgres/.unpacking-killed/bin"));
    Files.setLastModifiedTime(
        old.resolveSibling(""), FileTime.from(Instant.now().minus(Duration.ofHours(2))));

    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PostgresBinaries>> all =
          Stream.generate(() -> threads.submit(() -> PostgresBinaries.under(home)))
              .limit(3)
              .toList();
      for (Future<PostgresBinaries> one : all) {
        String postgres = one.get().program("postgres").toString();
        assertThat(Program.run(List.of(postgres, "-V"), Duration.ofSeconds(10)).output())
            .contains("PostgreSQL");
      }
    }

    try (Stream<Path> left = Files.list(home.resolve("postgres"))) {
      assertThat(left)
          .singleElement()
          .hasToString(
              home.resolve("postgres")
                  .resolve(PostgresBinaries.version() + '-' + Platform.current())
                  .toString());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, postgres-linux-x86_64.txz",
    "Linux, aarch64, postgres-linux-arm_64.txz",
    "Mac OS X, x86_64, postgres-darwin-x86_64.txz",
    "Mac OS X, aarch64, postgres-darwin-arm_64.txz"
  })
  void each_platform_has_an_archive_of_its_own(String system, String machine, String name) {
    assertThat(Platform.of(system, machine).archive()).isEqualTo(name);
  }

  @Test
  void this_platform_has_its_archive_on_the_classpath() {
    assertThat(getClass().getClassLoader().getResource(Platform.current().archive())).isNotNull();
  }

  @Test
  void a_platform_without_binaries_is_told_what_to_do() {
    assertThatThrownBy(() -> Platform.of("Windows 11", "amd64"))
        .isInstanceOf(EmbeddedPostgresFailed.class)
        .hasMessageContaining("Windows 11")
        .hasMessageContaining("--database-url");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../outside", "a/../../outside", "/outside"})
  void an_archive_that_leads_out_of_its_folder_is_refused(String name) throws IOException {
    Path target = Files.createDirectory(home.resolve("target"));

    assertThatThrownBy(() -> Archive.unpack(new ByteArrayInputStream(archive(name)), target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("leads out of the archive");
    assertThat(home.resolve("outside")).doesNotExist();
  }

  private static byte[] archive(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] content = "content".getBytes(StandardCharsets.UTF_8);
    try (var tar = new TarArchiveOutputStream(new XZCompressorOutputStream(bytes))) {
      TarArchiveEntry entry = new TarArchiveEntry(name, true);
      entry.setSize(content.length);
      tar.putArchiveEntry(entry);
      tar.write(content);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }
}
