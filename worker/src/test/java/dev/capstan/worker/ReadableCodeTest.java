package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.Workbench.Content;
import dev.capstan.engines.Workbench.Hit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the built-in agent gets to read of a clone. */
class ReadableCodeTest {
  @TempDir private Path folder;
  private Path tree;

  @BeforeEach
  void lay_out() throws IOException {
    tree = Files.createDirectories(folder.toRealPath().resolve("tree"));
    write("src/Shop.java", "class Shop {\n  // sells Tea and coffee\n}\n");
    write("src/Prices.java", "// NO_LLM: ours alone\nclass Prices { int tea = 3; }\n");
    write("docs/notes.md", "tea\n");
    write(".capstanignore", "docs/\n");
    write(".git/config", "tea\n");
  }

  private void write(String path, String text) throws IOException {
    Path file = tree.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String why(String path) {
    return new ReadableCode(tree).read(path) instanceof Content.Withheld(var why) ? why : "";
  }

  @Test
  void lines_that_hold_all_words_are_found_whatever_their_case() {
    assertThat(new ReadableCode(tree).search("tea COFFEE", Scope.EVERYTHING, 10))
        .containsExactly(new Hit("src/Shop.java", 2, "  // sells Tea and coffee"));
    assertThat(new ReadableCode(tree).search("  ", Scope.EVERYTHING, 10)).isEmpty();
  }

  @Test
  void what_its_owner_keeps_from_models_is_neither_listed_nor_found_nor_read() {
    ReadableCode code = new ReadableCode(tree);

    assertThat(code.paths(Scope.EVERYTHING, 10)).containsExactly(".capstanignore", "src/Shop.java");
    assertThat(code.search("tea", Scope.EVERYTHING, 10)).hasSize(1);
    assertThat(why("src/Prices.java")).contains("NO_LLM");
    assertThat(why("docs/notes.md")).contains(".capstanignore");
  }

  @Test
  void taking_the_mark_away_opens_nothing() throws IOException {
    ReadableCode code = new ReadableCode(tree);
    assertThat(code.read("src/Prices.java")).isInstanceOf(Content.Withheld.class);

    write("src/Prices.java", "class Prices { int tea = 3; }\n");
    write(".capstanignore", "");

    assertThat(code.read("src/Prices.java")).isInstanceOf(Content.Withheld.class);
    assertThat(code.read("docs/notes.md")).isInstanceOf(Content.Withheld.class);
  }

  @Test
  void no_path_leads_out_of_the_tree() throws IOException {
    Files.writeString(folder.resolve("outside.txt"), "secret");
    Files.createSymbolicLink(tree.resolve("link.txt"), folder.resolve("outside.txt"));
    Files.createSymbolicLink(tree.resolve("up"), folder);

    for (String path :
        List.of(
            "../outside.txt", "link.txt", "up/outside.txt", ".git/config", "/etc/hostname", "")) {
      assertThat(why(path)).as(path).contains("no path within the repository");
    }
    assertThat(why("src")).contains("there is no file src");
  }
}
