package dev.capstan.sandbox;

import java.io.OutputStream;

/**
 * Talks with a command: is told what it prints, and writes to its standard input. Without one that
 * input is at its end from the start.
 */
public interface Conversation extends OutputListener {
  /** The longest line, in bytes: whole files are sent in one line. */
  int LONGEST_LINE = 16 * 1024 * 1024;

  /**
   * Hands over the command's standard input, before anything is told. It may be written to from any
   * thread, one at a time; writing fails once the command is gone.
   */
  void begin(OutputStream input);

  @Override
  default int longestLine() {
    return LONGEST_LINE;
  }
}
