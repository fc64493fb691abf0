package dev.capstan.knowledge.parsing;

/** A text could not be parsed; the message says why, after "the file". */
final class Unparsed extends Exception {
  private static final long serialVersionUID = 1L;

  Unparsed(String message) {
    super(message);
  }
}
