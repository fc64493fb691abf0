package dev.capstan.verification.dilution;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** How far an assertion lets a value be off: as it is written, or the default of its library. */
final class Tolerances {
  private static final Set<String> KEYWORDS =
      Set.of("delta", "rel", "abs", "rtol", "atol", "rel_tol", "abs_tol", "epsilon", "tolerance");
  private static final Set<String> DIGITS = Set.of("places", "decimal", "significant");
  private static final Set<String> OFFSETS =
      Set.of("within", "offset", "withpercentage", "byLessThan");

  private Tolerances() {}

  static double of(Call call) {
    double widest = 0;
    for (Call.Link link : call.links()) {
      widest = Math.max(widest, ofLink(link));
      for (SyntaxNode argument : link.arguments()) {
        widest = Math.max(widest, within(argument));
      }
    }
    return widest;
  }

  /** The tolerance that calls and keywords within an expression name. */
  static double within(SyntaxNode expression) {
    double widest = 0;
    for (SyntaxNode node : expression.walk()) {
      widest = Math.max(widest, keyword(node));
      widest = Math.max(widest, Call.of(node).map(inner -> ofLink(inner.last())).orElse(0.0));
      widest = Math.max(widest, bound(node));
    }
    return widest;
  }

  private static double ofLink(Call.Link link) {
    String name = link.name().replace("_", "").toLowerCase(Locale.ROOT);
    List<SyntaxNode> arguments = link.arguments();
    return switch (name) {
      case "assertequals", "assertarrayequals", "assertiterableequals" -> number(arguments, 2, 0);
      case "tobecloseto" -> Math.pow(10, -number(arguments, 1, 2));
      case "assertalmostequal", "assertarrayalmostequal" ->
          hasKeyword(arguments) ? 0 : Math.pow(10, -number(arguments, 2, 7));
      case "indelta", "indeltaf", "inepsilon", "inepsilonf" -> number(arguments, 3, 0);
      case "closeto", "approximately" -> number(arguments, arguments.size() - 1, 0);
      case "approx", "isclose", "allclose", "assertallclose" -> hasKeyword(arguments) ? 0 : 1e-6;
      default -> OFFSETS.contains(name) ? number(arguments, 0, 0) : 0;
    };
  }

  private static boolean hasKeyword(List<SyntaxNode> arguments) {
    return arguments.stream().anyMatch(argument -> argument.is("keyword_argument"));
  }

  private static double keyword(SyntaxNode node) {
    if (!node.is("keyword_argument", "value_argument") || node.children().size() < 3) {
      return 0;
    }
    String name = node.children().getFirst().text();
    double value = literal(node.children().getLast()).orElse(0);
    if (KEYWORDS.contains(name)) {
      return value;
    }
    return DIGITS.contains(name) ? Math.pow(10, -value) : 0;
  }

  /** {@code abs(a - b) < 0.01}. */
  private static double bound(SyntaxNode node) {
    boolean compares =
        node.is("binary_expression", "comparison_operator", "comparison_expression", "tokens");
    if (!compares || !node.text().contains("abs")) {
      return 0;
    }
    return node.children().stream()
        .map(Tolerances::literal)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .max()
        .orElse(0);
  }

  private static double number(List<SyntaxNode> arguments, int index, double otherwise) {
    return index < 0 || index >= arguments.size()
        ? otherwise
        : literal(arguments.get(index)).orElse(otherwise);
  }

  static OptionalDouble literal(SyntaxNode node) {
    String text = node.text().replace(" ", "").replace("_", "");
    String plain = text.replaceFirst("(?i)(?<=[0-9.])(?:[dfl]|f32|f64|ms|s)$", "");
    try {
      return plain.matches("[-+]?[0-9.]+(?:[eE][-+]?[0-9]{1,3})?")
          ? OptionalDouble.of(Math.abs(Double.parseDouble(plain)))
          : OptionalDouble.empty();
    } catch (NumberFormatException _) {
      return OptionalDouble.empty();
    }
  }
}
