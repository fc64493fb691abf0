package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.report.SurefireProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestClassPathTest {
  private static final String PLATFORM = "/capstan/cache/m2/org/junit/platform/junit-platform-";
  private static final String ENGINE = PLATFORM + "engine/1.12.2/junit-platform-engine-1.12.2.jar";
  private static final String LAUNCHER =
      PLATFORM + "launcher/1.12.2/junit-platform-launcher-1.12.2.jar";

  @TempDir Path caches;

  private TestClassPath of(String... entries) {
    return TestClassPath.of(new SurefireProperties(List.of(entries), "/j"), caches);
  }

  @Test
  void the_launcher_that_surefire_fetched_is_added_for_the_platform() throws IOException {
    Path jar = caches.resolve(LAUNCHER.substring("/capstan/cache/".length()));
    Files.createDirectories(jar.resolve("..").normalize());
    Files.writeString(jar, "");

    assertThat(of("/classes", ENGINE))
        .isEqualTo(new TestClassPath(List.of("/classes", ENGINE, LAUNCHER), true));
  }

  @Test
  void what_is_not_there_or_there_already_is_not_added() {
    assertThat(of("/classes", ENGINE).entries()).containsExactly("/classes", ENGINE);
    assertThat(of(ENGINE, LAUNCHER).entries()).containsExactly(ENGINE, LAUNCHER);
  }

  @Test
  void tests_of_junit_4_need_no_platform() {
    assertThat(of("/classes", "/capstan/cache/m2/junit/junit/4.13.2/junit-4.13.2.jar"))
        .extracting(TestClassPath::usesPlatform)
        .isEqualTo(false);
  }
}
