package dev.capstan.verification.dilution;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Numbers in the marks of a test. */
final class Marks {
  private Marks() {}

  /** The sum of what its marks give as times; 0 if they give none. */
  static double timeout(TestFunction function) {
    double sum = 0;
    for (SyntaxNode mark : function.marks()) {
      if (mark.is("script_mark")) {
        sum +=
            mark.children().stream()
                .skip(1)
                .mapToDouble(n -> Tolerances.literal(n).orElse(0))
                .sum();
      } else if (mark.text().toLowerCase(Locale.ROOT).contains("timeout")) {
        sum += numbers(mark);
      }
    }
    return sum;
  }

  private static double numbers(SyntaxNode node) {
    return node.walk().stream()
        .filter(SyntaxNode::isLiteral)
        .mapToDouble(literal -> Tolerances.literal(literal).orElse(0))
        .sum();
  }

  /** {@code @Test(expected = Broken.class)}. */
  static Optional<Assertion> expectedError(TestFunction function) {
    return function.marks().stream()
        .filter(mark -> mark.is("annotation") && Outline.annotation(mark).equals("Test"))
        .flatMap(mark -> mark.walk().stream())
        .filter(node -> node.is("element_value_pair") && node.text().startsWith("expected ="))
        .map(node -> node.children().getLast().text())
        .map(error ->
            new Assertion(Strength.EXACT, "fails with " + error, "fails with", List.of(), 0, error))
        .findFirst();
  }

  /** How many values the data in its marks has. */
  static int rows(TestFunction function) {
    return function.marks().stream()
        .filter(Marks::givesData)
        .mapToInt(m -> m.literals().size())
        .sum();
  }

  private static boolean givesData(SyntaxNode mark) {
    return switch (mark.type()) {
      case "annotation" -> Outline.annotation(mark).endsWith("Source");
      case "decorator" -> mark.text().contains("parametrize");
      case "script_mark" -> mark.text().contains(". each");
      case "attribute_item" -> mark.text().contains("test_case") || mark.text().contains("values");
      default -> false;
    };
  }
}
