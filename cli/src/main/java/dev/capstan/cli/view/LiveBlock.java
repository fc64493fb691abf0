package dev.capstan.cli.view;

import java.util.List;

/** A block of lines that is drawn again in place. */
public final class LiveBlock {
  private final Terminal terminal;
  private int drawn;

  public LiveBlock(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Draws the lines over the ones drawn before. */
  public void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    lines.forEach(line -> text.append("\u001b[2K").append(line).append('\n'));
    text.append("\u001b[0J");
    drawn = lines.size();
    terminal.raw(text.toString());
  }
}
