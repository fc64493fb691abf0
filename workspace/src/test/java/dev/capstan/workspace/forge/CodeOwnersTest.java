package dev.capstan.workspace.forge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.testkit.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeOwnersTest {
  private static final String USUAL =
      """
      # who looks at what
      *            @everyone
      *.js         @js-owner # a comment
      /build/logs/ @doctocat
      docs/*       docs@example.com
      apps/        @octocat
      /scripts/    @doctocat @octocat
      **/logs      @logs
      /apps/github
      """;

  @ParameterizedTest
  @CsvSource({
    "README.md, @everyone",
    "src/deep/app.js, @js-owner",
    "build/logs/a/b.log, @logs",
    "docs/getting-started.md, docs@example.com",
    "docs/build-app/troubleshooting.md, @everyone",
    "lib/apps/x/y.txt, @octocat",
    "scripts/run.sh, @doctocat+@octocat",
    "tools/scripts/run.sh, @everyone",
    "deeply/nested/logs/x, @logs",
    "apps/github/main.go, ''",
    "apps/gitlab/main.go, @octocat",
  })
  void the_last_line_that_matches_counts_as_on_github(String path, String owners) {
    assertThat(String.join("+", CodeOwners.parse(USUAL).of(List.of(path)))).isEqualTo(owners);
  }

  @ParameterizedTest
  @CsvSource({
    "src/, a/src/x, true",
    "src/, src, false",
    "/src/, a/src/x, false",
    "src, a/src, true",
    "a/src, b/a/src, false",
    "/*, a, true",
    "/*, a/b, false",
    "*, a/b, true",
    "a/**, a/b/c, true",
    "a/**/z, a/z, true",
    "a/**/z, a/b/c/z, true",
    "foo?.txt, foo1.txt, true",
    "/, any/thing, true",
    "'a\\ b.txt', 'a b.txt', true",
    "'!src/', src/x, false",
    "'[ab].txt', a.txt, false",
  })
  void patterns_are_those_of_gitignore_but_for_what_forges_leave_out(
      String pattern, String path, boolean owned) {
    assertThat(CodeOwners.parse(pattern + " @a").of(List.of(path)))
        .isEqualTo(owned ? List.of("@a") : List.of());
  }

  @Test
  void owners_of_many_files_are_named_once() {
    assertThat(CodeOwners.parse(USUAL).of(List.of("a.js", "b.js", "README.md")))
        .containsExactly("@js-owner", "@everyone");
  }

  @Test
  void each_section_of_gitlab_has_its_say_and_its_default() {
    String text =
        """
        * @all
        [Documentation] @docs-team
        docs/
        README.md @writer
        ^[Database][2] @dba
        model/db/
        docs/db/
        """;
    CodeOwners owners = CodeOwners.parse(text);

    assertThat(owners.of(List.of("docs/db/x"))).containsExactly("@all", "@docs-team", "@dba");
    assertThat(owners.of(List.of("README.md"))).containsExactly("@all", "@writer");
    assertThat(owners.of(List.of("model/db/a"))).containsExactly("@all", "@dba");
  }

  @Test
  void what_is_no_owner_is_nobody() {
    assertThat(
            CodeOwners.parse("* @ok me `@x` @a/b/c <script> a@b.c @@maintainer").of(List.of("f")))
        .containsExactly("@ok", "@a/b/c", "a@b.c", "@@maintainer");
  }

  @Test
  void any_text_is_read() {
    Fuzz.run(
        bytes ->
            CodeOwners.parse(new String(bytes, StandardCharsets.UTF_8))
                .of(List.of("a", "src/main/App.java", "docs/x/y.md")),
        NoSuchFieldException.class,
        List.of(USUAL, "[A][2] @b\n^[C]\n**/a/**/b/*.c @d\n\\ \\ \\ x @e\n", "*** @a\n**/** @b\n"));
  }
}
