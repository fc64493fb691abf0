package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds what a single node asks for; says nothing of what stands below it. */
final class AssertionReader {
  private AssertionReader() {}

  static List<Assertion> of(SyntaxNode node) {
    if (node.is("assert_statement")) {
      return condition(node);
    }
    Optional<Call> call =
        node.is("expression_statement") && node.children().size() <= 2
            ? Call.ofProperty(node.children().getFirst())
            : Call.of(node);
    return call.map(AssertionReader::ofCall).orElse(List.of());
  }

  /** {@code assert x == 3, "message"}. */
  private static List<Assertion> condition(SyntaxNode statement) {
    if (statement.children().size() < 2) {
      return List.of();
    }
    SyntaxNode asked = statement.children().get(1);
    Strength strength = Strength.ofCondition(asked.text());
    return List.of(
        new Assertion(
            strength,
            "assert " + asked.text(),
            "assert " + asked.shape(),
            asked.literals(),
            Tolerances.within(asked),
            ""));
  }

  private static List<Assertion> ofCall(Call call) {
    String root = plain(call.root().name());
    if (AssertionNames.FLUENT.contains(root)) {
      return call.links().size() == 1 ? List.of() : fluent(call);
    }
    return isDirect(call.last()) ? List.of(direct(call)) : List.of();
  }

  private static boolean isDirect(Call.Link link) {
    String name = plain(link.name());
    return AssertionNames.DIRECT.matcher(name).matches()
        || (!link.words().isEmpty()
            && AssertionNames.LIBRARIES.contains(String.join(".", link.words()))
            && AssertionNames.LIBRARY_NAMES.contains(name));
  }

  private static List<Assertion> fluent(Call call) {
    List<Assertion> found = new ArrayList<>();
    List<Call.Link> links = call.links();
    for (int i = 1; i < links.size(); i++) {
      Call.Link link = links.get(i);
      if (i == links.size() - 1 || !AssertionNames.SAYS_NOTHING.contains(plain(link.name()))) {
        found.add(fluent(call, link));
      }
    }
    return found;
  }

  private static Assertion fluent(Call call, Call.Link link) {
    boolean negated = call.links().stream().anyMatch(any -> any.words().contains("not"));
    String said = said(link.arguments());
    boolean verified = plain(call.root().name()).equals("verify");
    Strength strength =
        verified
            ? Strength.of("isEqualTo", said, negated)
            : Strength.of(link.name(), said, negated);
    if (!link.arguments().isEmpty() && said(call.root().arguments()).equals(said)) {
      strength = Strength.TRIVIAL;
    }
    return assertion(strength, chain(call, link), call.root().arguments(), link.arguments(), call);
  }

  /** {@code expect(_).not.toBe}. */
  private static List<String> chain(Call call, Call.Link link) {
    List<String> words = new ArrayList<>(link.words());
    words.add(link.name());
    return List.of(call.root().name(), ") . " + String.join(" . ", words));
  }

  private static Assertion direct(Call call) {
    List<SyntaxNode> arguments = withoutMessage(call.last());
    String name = plain(call.last().name());
    Strength strength = Strength.of(name, said(arguments), false);
    boolean ofCondition =
        Set.of(
                "asserttrue",
                "assert",
                "isfalse",
                "assertfalse",
                "istrue",
                "asserttruef",
                "true",
                "ok")
            .contains(name);
    if (ofCondition && !arguments.isEmpty()) {
      strength = Strength.ofCondition(arguments.getFirst().text());
    }
    if (arguments.size() >= 2
        && strength == Strength.EXACT
        && arguments.get(0).text().equals(arguments.get(1).text())) {
      strength = Strength.TRIVIAL;
    }
    if (strength == Strength.EXACT && Tolerances.of(call) > 0) {
      strength = Strength.CLOSE;
    }
    return assertion(strength, List.of(call.last().name()), arguments, List.of(), call);
  }

  /** A text among three or more arguments, or two of a condition, is what is said on failure. */
  private static List<SyntaxNode> withoutMessage(Call.Link link) {
    List<SyntaxNode> arguments = link.arguments();
    String name = plain(link.name());
    boolean one =
        name.matches(
            "asserttrue|assertfalse|assert|assertnotnull|assertnull|fail|ok|error|errorf|fatal|fatalf");
    if (arguments.size() < (one ? 1 : 3)) {
      return arguments;
    }
    return arguments.stream().filter(argument -> !isText(argument)).toList();
  }

  private static boolean isText(SyntaxNode node) {
    return node.is("string", "string_literal", "interpreted_string_literal", "template_string")
        || (node.is("value_argument", "tokens")
            && node.children().size() == 1
            && isText(node.children().getFirst()));
  }

  private static String error(Call call) {
    for (Call.Link link : call.links()) {
      if (AssertionNames.ERROR_CALLS.contains(plain(link.name()))) {
        return errorType(link);
      }
    }
    return "";
  }

  /** Node has the function first, whose text would tell nothing. */
  private static String errorType(Call.Link link) {
    boolean second = Set.of("throws", "rejects").contains(link.name()) && !link.words().isEmpty();
    int index = second ? 1 : 0;
    return link.arguments().size() <= index ? "" : link.arguments().get(index).text();
  }

  /** With the words of a chain between what is asked about and what is asked for. */
  private static Assertion assertion(
      Strength strength,
      List<String> words,
      List<SyntaxNode> about,
      List<SyntaxNode> asked,
      Call call) {
    List<SyntaxNode> arguments = new ArrayList<>(about);
    arguments.addAll(asked);
    return new Assertion(
        strength,
        joined(words, about, asked, SyntaxNode::text),
        joined(words, about, asked, SyntaxNode::shape),
        literals(arguments),
        Tolerances.of(call),
        error(call));
  }

  private static String joined(
      List<String> words,
      List<SyntaxNode> about,
      List<SyntaxNode> asked,
      Function<SyntaxNode, String> text) {
    String start = words.getFirst() + " ( " + said(about, text);
    return words.size() == 1
        ? start + " )"
        : start + " " + words.getLast() + " ( " + said(asked, text) + " )";
  }

  private static List<String> literals(List<SyntaxNode> nodes) {
    return nodes.stream().flatMap(node -> node.literals().stream()).toList();
  }

  private static String said(List<SyntaxNode> arguments, Function<SyntaxNode, String> text) {
    return arguments.stream().map(text).collect(Collectors.joining(" , "));
  }

  private static String said(List<SyntaxNode> arguments) {
    return said(arguments, SyntaxNode::text);
  }

  private static String plain(String name) {
    return name.replace("_", "").replace("!", "").toLowerCase(Locale.ROOT);
  }
}
