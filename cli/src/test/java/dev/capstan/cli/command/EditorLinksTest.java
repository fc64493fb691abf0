package dev.capstan.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.cli.session.ApiFailure;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Addresses that open a hit in an editor. */
class EditorLinksTest {
  private static final Path ROOT = Path.of("/home/ada/my shop");

  @Test
  void an_editor_is_known_by_its_name() {
    assertThat(EditorLinks.of("vscode", ROOT).to("src/Till.java", 7))
        .isEqualTo("vscode://file/home/ada/my%20shop/src/Till.java:7");
    assertThat(EditorLinks.of("idea", ROOT).to("src/Till.java", 7))
        .isEqualTo("idea://open?file=/home/ada/my%20shop/src/Till.java&line=7");
  }

  @Test
  void another_one_is_given_as_a_pattern() {
    assertThat(EditorLinks.of("mine://{line}{path}", ROOT).to("a", 3))
        .isEqualTo("mine://3/home/ada/my%20shop/a");
  }

  @Test
  void a_name_from_a_repository_neither_leaves_it_nor_breaks_the_line() {
    assertThat(EditorLinks.of("file", ROOT).to("../../etc/passwd", 1))
        .isEqualTo("file:///home/ada/my%20shop");
    assertThat(EditorLinks.of("file", ROOT).to("a\n\u001b[1mb", 1))
        .isEqualTo("file:///home/ada/my%20shop/a%0A%1B%5B1mb");
  }

  @ParameterizedTest
  @ValueSource(strings = {"emacs", "vscode://{line}", "no such {path}", ""})
  void what_is_neither_is_refused(String editor) {
    assertThatThrownBy(() -> EditorLinks.of(editor, ROOT))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("cursor, file, idea, vscode, zed");
  }
}
