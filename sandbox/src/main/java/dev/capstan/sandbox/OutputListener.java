package dev.capstan.sandbox;

/** Is told what a command prints, line by line; never by two threads at once. */
@FunctionalInterface
public interface OutputListener {
  /** The usual longest line, in bytes; the rest is cut off, with a note in its place. */
  int LONGEST_LINE = 256 * 1024;

  /** The longest line that is told whole, in bytes. */
  default int longestLine() {
    return LONGEST_LINE;
  }

  /**
   * One line without its end.
   *
   * @param line untrusted text; invalid UTF-8 is replaced, control characters are still in it
   */
  void line(Stream stream, String line);

  /** Where a line was printed. */
  enum Stream {
    OUT,
    ERR
  }
}
