package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.testkit.Fuzz;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 10, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
final class FuzzTest {
  @TempDir Path folder;

  @Test
  void the_configuration_of_a_repository() {
    fuzz(
        Toolchain.CONFIGURATION,
        """
        toolchain:
          set_up:
            - [npm, ci]
          measure:
            - run: [make, -s]
              environment: {A: b}
              limit_minutes: 20
              output: o.tap
          reports: ["**/x.xml"]
          caches: [npm]
          environment: [CC]
        """);
  }

  @Test
  void package_json() {
    fuzz(
        "package.json",
        """
        {"name":"a","scripts":{"test":"A=b npx jest --ci && node --test","build":"tsc"},
        "devDependencies":{"jest":"1"},"workspaces":["a"]}
        """);
  }

  @Test
  void poms() {
    fuzz(
        "pom.xml",
        "<project><!-- c --><properties><argLine>x</argLine></properties><build><argLine>-Xmx1g"
            + "</argLine><artifactId>jacoco-maven-plugin</artifactId><goal>report</goal></build>"
            + "</project>");
  }

  @Test
  void makefiles() {
    fuzz(
        "Makefile",
        """
        .PHONY: test
        test: a b
        \techo $(X)
        check:
        \t./t
        """);
  }

  @Test
  @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
  void what_is_opened_and_never_closed_takes_no_long_time() throws IOException {
    Files.writeString(
        folder.resolve("pom.xml"), "<!--".repeat(100_000) + "<properties>".repeat(30_000));

    assertThat(Toolchains.detect(folder)).isInstanceOf(Detection.Found.class);
  }

  @Test
  void a_long_key_above_many_values_does_not_eat_the_memory() throws IOException {
    Files.createDirectories(folder.resolve(".capstan"));
    Files.writeString(
        folder.resolve(Toolchain.CONFIGURATION),
        "k".repeat(500_000) + ": [" + "1,".repeat(200_000) + "1]\n");

    assertThat(Toolchains.detect(folder)).isInstanceOf(Detection.Broken.class);
  }

  /** Whatever stands in the file, the answer is a value. */
  private void fuzz(String name, String good) {
    Path file = folder.resolve(name);
    Fuzz.run(
        input -> {
          Files.createDirectories(file.getParent());
          Files.write(file, input);
          assertThat(Toolchains.detect(folder)).isNotNull();
        },
        Unusable.class,
        List.of(good));
  }
}
