package dev.capstan.verification.dilution;

import java.util.List;

/**
 * Something a test asks for.
 *
 * @param text as it stands, in tokens, without messages
 * @param shape the text with {@code _} for each literal
 * @param literals in order
 * @param tolerance how far the value may be off; 0 where it may not
 * @param error the type of a failure that is asked for, or ""
 */
record Assertion(
    Strength strength,
    String text,
    String shape,
    List<String> literals,
    double tolerance,
    String error) {
  private static final int SHOWN = 120;

  Assertion {
    literals = List.copyOf(literals);
  }

  /** For people. */
  String shown() {
    String close =
        text.replace(" ) . ", ").")
            .replace(" . ", ".")
            .replace(" (", "(")
            .replace("( ", "(")
            .replace(" )", ")")
            .replace(" ,", ",");
    return close.length() <= SHOWN ? close : close.substring(0, SHOWN) + "…";
  }
}
