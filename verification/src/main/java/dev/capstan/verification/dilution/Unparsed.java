package dev.capstan.verification.dilution;

import java.io.Serial;

/** A text could not be parsed; the message is the end of a sentence that starts with its file. */
final class Unparsed extends Exception {
  @Serial private static final long serialVersionUID = 1;

  Unparsed(String message) {
    super(message);
  }
}
