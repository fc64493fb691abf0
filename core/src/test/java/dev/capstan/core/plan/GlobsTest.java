package dev.capstan.core.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Globs match paths, and two may overlap wherever one path matches both. */
final class GlobsTest {
  @ParameterizedTest
  @CsvSource({
    "src/*.java, src/A.java, true",
    "src/*.java, src/a/A.java, false",
    "src/**, src/a/b/C.java, true",
    "src/**, src, true",
    "src/**, srcs/A.java, false",
    "**/pom.xml, pom.xml, true",
    "**/pom.xml, a/b/pom.xml, true",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "a/**/z, a/b/c/y, false",
    "a?c, abc, true",
    "a?c, ac, false",
    "a?c, a/c, false",
    "*, a, true",
    "*, a/b, false",
    "**, a/b, true",
    "a**b, axxb, true",
    "a**b, a/b, false",
    "a.c, abc, false"
  })
  void a_glob_matches(String glob, String path, boolean matches) {
    assertThat(Globs.matches(glob, path)).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({
    "src/**, src/main/*, true",
    "src/**, test/**, false",
    "*/pom.xml, core/*, true",
    "**/x, a/b, false",
    "a*, *b, true",
    "a*c, b*c, false",
    "a/*, a/*/b, false",
    "?, ab, false",
    "**, x, true"
  })
  void two_globs_may_overlap(String one, String other, boolean overlap) {
    assertThat(Globs.mayOverlap(one, other)).isEqualTo(overlap);
    assertThat(Globs.mayOverlap(other, one)).isEqualTo(overlap);
  }

  @Provide
  Arbitrary<String> globs() {
    return Arbitraries.strings().withChars("ab/*?").ofMinLength(1).ofMaxLength(9);
  }

  @Provide
  Arbitrary<String> paths() {
    return Arbitraries.strings().withChars("ab/").ofMinLength(1).ofMaxLength(6);
  }

  @Property(tries = 20_000)
  void globs_that_match_one_path_may_overlap(
      @ForAll("globs") String one, @ForAll("globs") String other, @ForAll("paths") String path) {
    if (Globs.matches(one, path) && Globs.matches(other, path)) {
      assertThat(Globs.mayOverlap(one, other)).isTrue();
    }
  }

  /** The other way round: where no short path matches both, overlap is not claimed. */
  @Property(tries = 300)
  void globs_that_overlap_have_a_path_in_common(
      @ForAll("globs") String one, @ForAll("globs") String other) {
    String a = one.substring(0, Math.min(4, one.length()));
    String b = other.substring(0, Math.min(4, other.length()));
    assertThat(ShortPaths.ALL.stream().anyMatch(p -> Globs.matches(a, p) && Globs.matches(b, p)))
        .as("%s and %s", a, b)
        .isEqualTo(Globs.mayOverlap(a, b));
  }

  @Property
  void a_glob_overlaps_itself_and_overlap_is_symmetric(
      @ForAll("globs") String one, @ForAll("globs") String other) {
    assertThat(Globs.mayOverlap(one, one)).isTrue();
    assertThat(Globs.mayOverlap(one, other)).isEqualTo(Globs.mayOverlap(other, one));
  }

  @Property
  void a_path_without_wildcards_matches_itself_only(
      @ForAll("paths") String one, @ForAll("paths") String other) {
    assertThat(Globs.matches(one, other)).isEqualTo(one.equals(other));
    assertThat(Globs.mayOverlap(one, other)).isEqualTo(one.equals(other));
  }

  /** Backtracking would need longer than the universe; the walk takes milliseconds. */
  @Test
  void many_stars_take_no_exponential_time() {
    String stars = "*a".repeat(150);
    String folders = "**/a/".repeat(60) + "b";
    assertTimeoutPreemptively(
        Duration.ofSeconds(30),
        () -> {
          assertThat(Globs.matches(stars + "b", "a".repeat(400))).isFalse();
          assertThat(Globs.mayOverlap(stars + "b", stars + "c")).isFalse();
          assertThat(Globs.matches(folders, "a/".repeat(200) + "c")).isFalse();
          assertThat(Globs.mayOverlap(folders, "**/a/".repeat(60) + "c")).isFalse();
        });
  }

  @Test
  void a_scope_without_globs_is_everything() {
    Scope docs = new Scope(List.of("docs/**", "*.md"));
    assertThat(Scope.EVERYTHING.allows("any/thing")).isTrue();
    assertThat(docs.allows("docs/a.txt")).isTrue();
    assertThat(docs.allows("README.md")).isTrue();
    assertThat(docs.allows("src/README.md")).isFalse();
    assertThat(docs.mayOverlap(Scope.EVERYTHING)).isTrue();
    assertThat(Scope.EVERYTHING.mayOverlap(docs)).isTrue();
    assertThat(docs.mayOverlap(new Scope(List.of("src/**")))).isFalse();
    assertThat(docs.mayOverlap(new Scope(List.of("src/**", "R*")))).isTrue();
  }
}
