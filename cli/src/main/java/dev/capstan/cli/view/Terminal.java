package dev.capstan.cli.view;

import java.io.Console;
import java.io.PrintStream;

/**
 * Where a command prints. All foreign text goes through {@link #visible}, so that no repository,
 * model or program can move the cursor or change a colour.
 */
public final class Terminal {
  private final PrintStream out;
  private final boolean live;
  private final boolean colour;

  /** {@code live} allows lines to be drawn again; {@code colour} allows colours. */
  public Terminal(PrintStream out, boolean live, boolean colour) {
    this.out = out;
    this.live = live;
    this.colour = colour;
  }

  /**
   * Standard output; live and coloured only if it is a terminal and {@code NO_COLOR} is not set.
   */
  @SuppressWarnings("SystemConsoleNull") // the declaration still allows null
  public static Terminal standard() {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    boolean dumb = "dumb".equals(System.getenv("TERM"));
    return new Terminal(
        System.out, terminal && !dumb, terminal && !dumb && System.getenv("NO_COLOR") == null);
  }

  public boolean isLive() {
    return live;
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  void raw(String text) {
    out.print(text);
    out.flush();
  }

  /** The text with control characters, escapes and direction marks made visible. */
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(c -> appendVisible(shown, c));
    return shown.toString();
  }

  private static void appendVisible(StringBuilder shown, int c) {
    int type = Character.getType(c);
    if (c == '\t') {
      shown.append("    ");
    } else if (type == Character.CONTROL
        || type == Character.FORMAT
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR) {
      shown.append(c < 0x20 ? String.valueOf((char) (0x2400 + c)) : "\\u{%x}".formatted(c));
    } else {
      shown.appendCodePoint(c);
    }
  }

  public String bold(String text) {
    return styled("1", text);
  }

  public String faint(String text) {
    return styled("2", text);
  }

  public String red(String text) {
    return styled("31", text);
  }

  public String green(String text) {
    return styled("32", text);
  }

  public String yellow(String text) {
    return styled("33", text);
  }

  private String styled(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
