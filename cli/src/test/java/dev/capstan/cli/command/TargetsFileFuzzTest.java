package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.cli.session.ApiFailure;
import dev.capstan.core.testkit.Fuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever stands in a file of targets, it is a campaign's targets or a clear word. */
@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class TargetsFileFuzzTest {
  private static final String TARGETS =
      """
      goal: Migrate to JUnit 5
      targets:
        - https://forge.example.org/shop.git
        - ../stock
        - {repo: "git@forge.example.org:team/web.git", base: develop}
        - repo: /srv/repositories/web
      done: {files: "src/**/*.java", pattern: "org\\\\.junit\\\\.Test"}
      """;

  @TempDir Path folder;

  private TargetsFile.Read read(byte[] text) throws IOException {
    return TargetsFile.read(Files.write(folder.resolve("targets.yaml"), text));
  }

  private TargetsFile.Read read(String text) throws IOException {
    return read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void targets_are_read_or_refused_with_a_word() {
    Fuzz.run(
        input -> assertThat(read(input).targets()).isNotEmpty(),
        ApiFailure.class,
        List.of(TARGETS));
  }

  @Test
  void the_targets_themselves_are_read() throws IOException {
    assertThat(read(TARGETS).targets())
        .extracting(one -> one.source() + ' ' + one.base())
        .containsExactly(
            "https://forge.example.org/shop.git ",
            folder.resolve("../stock").normalize() + " ",
            "git@forge.example.org:team/web.git develop",
            "/srv/repositories/web ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "targets: [\"a\\0b\"]",
        "targets: &a [*a]",
        "targets: [null]",
        "targets: [{repo: }]",
        "targets: [[a]]",
        "targets: {a: b}",
        "targets: [a]\ndone: x",
        "--- !!java.net.URL [x]"
      })
  void what_names_no_repository_is_refused(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(ApiFailure.class);
  }
}
