package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

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

  /** The same within a function that was called with these arguments. */
  Assertion askedBy(Call.Link helper) {
    if (helper.arguments().isEmpty()) {
      return this;
    }
    List<String> all = new ArrayList<>(literals);
    helper.arguments().forEach(argument -> all.addAll(argument.literals()));
    return new Assertion(
        strength,
        text + said(helper, SyntaxNode::text),
        shape + said(helper, SyntaxNode::shape),
        all,
        tolerance,
        error);
  }

  private static String said(Call.Link helper, Function<SyntaxNode, String> text) {
    return helper.arguments().stream()
        .map(text)
        .collect(Collectors.joining(" , ", " for " + helper.name() + " ( ", " )"));
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
