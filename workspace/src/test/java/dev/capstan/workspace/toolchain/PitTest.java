package dev.capstan.workspace.toolchain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PitTest {
  private static String plugin(String version) {
    return """
    <properties><pit>1.19.1</pit></properties>
    <plugin>
      <artifactId>pitest-maven</artifactId>
      <version>%s</version>
    </plugin>
    """
        .formatted(version);
  }

  private static String version(String pom) {
    return Pit.of(Optional.of(pom)).version();
  }

  @Test
  void the_version_is_the_project_s_where_it_names_one() {
    assertThat(version(plugin("1.22.0"))).isEqualTo("1.22.0");
    assertThat(version(plugin("${pit}"))).isEqualTo("1.19.1");
  }

  @Test
  void it_is_ours_where_none_is_named_or_none_that_is_plain() {
    for (String pom :
        List.of("", plugin("LATEST"), plugin("${other}"), plugin("1.0</x>"), plugin("../1"))) {
      assertThat(version(pom)).as(pom).isEqualTo(Pit.VERSION);
    }
    assertThat(Pit.of(Optional.empty()).version()).isEqualTo(Pit.VERSION);
  }

  @Test
  void it_is_limited_to_the_classes_and_those_within_and_starts_no_shell() {
    List<String> argv =
        new Pit("1.2")
            .run(
                "/j/bin/java",
                List.of("a.jar", "b.jar"),
                List.of("shop.A", "B"),
                List.of("shop.ATest"),
                "/s")
            .argv();

    assertThat(argv)
        .startsWith(
            "/j/bin/java",
            "-cp",
            "/capstan/pit/1.2-1.2.3/jars/a.jar:/capstan/pit/1.2-1.2.3/jars/b.jar")
        .containsSequence("--targetClasses", "shop.A,shop.A$*,B,B$*")
        .containsSequence("--targetTests", "shop.ATest,shop.ATest$*")
        .containsSequence("--outputFormats", "XML");
  }

  @Test
  void more_tests_than_fit_into_an_argument_are_all_tests() {
    List<String> many = Collections.nCopies(10_000, "shop.of.many.things.BasketTest");

    assertThat(new Pit("1.2").run("java", List.of("a.jar"), List.of("A"), many, "/s").argv())
        .containsSequence("--targetTests", "*");
  }
}
