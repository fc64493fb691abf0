package dev.capstan.verification.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VisibleTextTest {
  @Test
  void controls_and_bidi_marks_are_spelled_out() {
    assertThat(VisibleText.line("\u001b[31m a\u202Eb\tc", 100))
        .isEqualTo("⟨U+001B⟩[31m a⟨U+202E⟩b⟨U+0009⟩c");
  }

  @Test
  void line_ends_show_and_runs_of_spaces_are_one() {
    assertThat(VisibleText.line("  a\r\n\n  b\u00a0\u2003 c ", 100)).isEqualTo("a ⏎ ⏎ b c");
  }

  @Test
  void accents_and_scripts_stay_but_towers_of_marks_do_not() {
    assertThat(VisibleText.line("Größe עברית 日本 e\u0301 🎉", 100))
        .isEqualTo("Größe עברית 日本 e\u0301 🎉");
    assertThat(VisibleText.line("e" + "\u0301".repeat(5), 100)).endsWith("⟨U+0301⟩⟨U+0301⟩");
  }

  @Test
  void a_cut_never_splits_a_character_and_says_how_long_the_text_was() {
    assertThat(VisibleText.line("🎉".repeat(1_500), 2))
        .isEqualTo("🎉🎉 … (cut: 2 of 1,500 characters)");
  }
}
