package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.cli.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes of analyses as files, without a server. */
class RecipesCommandTest {
  private static final String SOUND =
      """
      description: What nobody tests
      subjects: [src/main, org.shop.till]
      model: small
      tokens: 4000
      only: [gap]
      failOn: [gap, risk]
      """;

  @TempDir private Path folder;

  private Said recipes(String... words) {
    List<String> all = new ArrayList<>(List.of("recipes"));
    all.addAll(List.of(words));
    all.addAll(List.of("--folder", folder.toString()));
    return Said.by(all.toArray(String[]::new));
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void sound_ones_are_listed_shown_and_validated() throws IOException {
    write("untested.yaml", SOUND);
    write("all.yaml", "subjects: ['']\n");
    write("notes.txt", "no recipe");

    assertThat(recipes("list").out().lines().map(line -> line.split(" ", 2)[0]))
        .containsExactly("RECIPE", "all", "untested");
    assertThat(recipes("show", "untested").out())
        .contains(
            "untested: What nobody tests",
            "analyses  src/main",
            "analyses  org.shop.till",
            "model     small",
            "shows     gap",
            "fails on  gap, risk");
    assertThat(recipes("show", "all").out()).contains("analyses  the whole tree", "model     none");
    assertThat(recipes("show", "all", "--json").out()).contains("\"subjects\" : [ \"\" ]");
    Said validated = recipes("validate");
    assertThat(validated.exit()).isZero();
    assertThat(validated.out()).contains("sound  all", "sound  untested");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | it needs subjects",
        "'subjects: []' | it needs subjects",
        "'subjects:\n- a\n-' | an entry of subjects is empty",
        "'subjects: [a]\nonly: [gaps]' | only has \"gaps\"; a claim is an agreement, a gap or a risk",
        "'subjects: [a]\nfailOn: [x]' | failOn has \"x\"",
        "'subjects: [a]\ntokens: 7' | tokens are 500 to 100000, not 7",
        "'subjects: [a]\nsubject: b' | there is no field \"subject\" here, but",
        "'subjects: [&a b, *a]' | references (*name) are not read",
        "'subjects: [' | line"
      })
  void a_wrong_one_is_named_with_what_is_wrong(String text, String wrong) throws IOException {
    write("untested.yaml", text);
    write("sound.yaml", SOUND);

    Said validated = recipes("validate");

    assertThat(validated.exit()).isEqualTo(1);
    assertThat(validated.out()).contains("untested.yaml", wrong, "sound  sound");
    assertThat(recipes("show", "untested").exit()).isEqualTo(2);
  }

  @Test
  void where_there_is_none_nothing_was_validated() throws IOException {
    Said none = recipes("validate");

    assertThat(none.exit()).isEqualTo(1);
    assertThat(none.out()).contains("there is no recipe");
    write("untested.yaml", SOUND);
    Said other = recipes("show", "tested");
    assertThat(other.exit()).isEqualTo(2);
    assertThat(other.err()).contains("there is no recipe \"tested\"", "[untested]");
  }
}
