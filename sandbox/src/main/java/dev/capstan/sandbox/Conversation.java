package dev.capstan.sandbox;

import java.io.OutputStream;
import java.util.Map;

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

  /** Lets it look inside, before the input is handed over; it may look until the command ends. */
  default void over(Inside inside) {}

  /** What runs in a sandbox. */
  @FunctionalInterface
  interface Inside {
    /**
     * What was started in there and has lost its parent, so that it would outlive the command if
     * the sandbox let it: the words of its command, by a number that is its own for now.
     */
    Map<Long, String> orphans();
  }

  @Override
  default int longestLine() {
    return LONGEST_LINE;
  }
}
