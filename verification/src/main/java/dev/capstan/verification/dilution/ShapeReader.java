package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what a test does, following the functions of test files that it calls. */
final class ShapeReader {
  private static final int DEEPEST = 3;
  private static final int MOST = 2_000;
  private static final Pattern RAISES =
      Pattern.compile(
          ".*\\b(?:throw|raise|fail|assert\\w*|panic|Fatal\\w*|Errorf?|reject|expect|done \\( \\w)\\b.*");
  private static final Set<String> GO_FAILS =
      Set.of("Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow");
  private static final Set<String> CONDITIONS =
      Set.of(
          "if_statement",
          "if_expression",
          "else_clause",
          "ternary_expression",
          "conditional_expression",
          "switch_expression",
          "when_expression",
          "match_expression");
  private static final Set<String> FUNCTIONS =
      Set.of(
          "lambda_expression",
          "lambda_literal",
          "lambda",
          "arrow_function",
          "function_expression",
          "function_definition",
          "func_literal",
          "closure_expression");

  private final Map<String, List<TestFunction>> helpers = new HashMap<>();

  /** Reads tests whose helpers are among these functions. */
  ShapeReader(List<TestFunction> functions) {
    functions.stream()
        .filter(function -> !function.test())
        .forEach(function ->
            helpers.computeIfAbsent(function.name().name(), _ -> new ArrayList<>()).add(function));
  }

  TestShape read(TestFunction function) {
    Walk walk = new Walk(function.name().name());
    walk.visit(entry(function.body()), false, 0);
    Marks.expectedError(function).ifPresent(walk.assertions::add);
    String body = bodyOf(function.body()).text();
    return new TestShape(
        function.name(),
        function.test(),
        walk.assertions,
        walk.guarded,
        walk.leavesEarly(),
        walk.swallows,
        Skips.of(function),
        Marks.timeout(function),
        Marks.rows(function),
        body,
        new HashSet<>(List.of(body.split(" ", -1))));
  }

  /** What runs first: within a function that is handed over, it is that function's body. */
  private static SyntaxNode entry(SyntaxNode function) {
    SyntaxNode body = bodyOf(function);
    return function.is("call_expression") && FUNCTIONS.contains(body.type())
        ? body.field("body").orElse(body)
        : function;
  }

  /** Without the name. */
  private static SyntaxNode bodyOf(SyntaxNode function) {
    if (function.is("call_expression")) {
      return function
          .field("arguments")
          .map(arguments -> arguments.children().get(Math.max(0, arguments.children().size() - 2)))
          .orElse(function);
    }
    return function.field("body").or(() -> function.first("function_body")).orElse(function);
  }

  /** One test. */
  private final class Walk {
    private final String self;
    private final List<Assertion> assertions = new ArrayList<>();
    private final List<Integer> exits = new ArrayList<>();
    private final List<String> swallows = new ArrayList<>();
    private int guarded;
    private int steps;

    private Walk(String self) {
      this.self = self;
    }

    int leavesEarly() {
      return (int) exits.stream().filter(at -> at < assertions.size()).count();
    }

    void visit(SyntaxNode node, boolean condition, int depth) {
      if (++steps > 200_000 || assertions.size() > MOST) {
        return;
      }
      Optional<Assertion> check = goCheck(node);
      if (check.isPresent()) {
        add(check.get(), condition);
        return;
      }
      swallow(node);
      leave(node, depth);
      List<Assertion> asked = AssertionReader.of(node);
      asked.forEach(assertion -> add(assertion, condition));
      Optional<Call> call = Call.of(node);
      if (call.isPresent()) {
        follow(call.get(), asked.isEmpty(), condition, depth);
      } else {
        children(node, condition, depth);
      }
    }

    private void children(SyntaxNode node, boolean condition, int depth) {
      boolean below = condition || CONDITIONS.contains(node.type());
      int inner = FUNCTIONS.contains(node.type()) ? Math.max(depth, 1) : depth;
      node.children().forEach(child -> visit(child, below, inner));
    }

    /** The links of a chain are one; only what is given to them is looked into. */
    private void follow(Call call, boolean mayHelp, boolean condition, int depth) {
      for (Call.Link link : call.links()) {
        link.arguments().forEach(argument -> visit(argument, condition, depth));
      }
      List<TestFunction> helping =
          helpers.getOrDefault(mayHelp ? call.last().name() : "", List.of());
      boolean itself = call.last().name().equals(self);
      if (!helping.isEmpty() && !itself && depth < DEEPEST) {
        int first = assertions.size();
        visit(helping.getFirst().body(), condition, depth + 1);
        assertions.subList(first, assertions.size()).replaceAll(one -> one.askedBy(call.last()));
      }
    }

    private void add(Assertion assertion, boolean condition) {
      assertions.add(assertion);
      guarded += condition ? 1 : 0;
    }

    private void leave(SyntaxNode node, int depth) {
      boolean leaves =
          node.is("return_statement", "return_expression")
              || (node.is("jump_expression") && node.text().startsWith("return"));
      if (leaves && depth == 0) {
        exits.add(assertions.size());
      }
    }

    private void swallow(SyntaxNode node) {
      boolean handles =
          node.is("catch_clause", "catch_block", "except_clause")
              && !RAISES.matcher(node.text()).matches();
      if (handles) {
        swallows.add(node.text());
        return;
      }
      Call.of(node)
          .filter(call -> quiet(call.last()))
          .ifPresent(call -> swallows.add(call.last().name()));
    }

    private static boolean quiet(Call.Link link) {
      return switch (link.name()) {
        case "suppress" -> link.words().isEmpty() || link.words().contains("contextlib");
        case "recover" -> link.words().isEmpty() && link.arguments().isEmpty();
        case "catch_unwind", "runCatching", "catchThrowable" -> true;
        case "catch" ->
            link.arguments().size() == 1
                && !RAISES.matcher(link.arguments().getFirst().text()).matches();
        default -> false;
      };
    }
  }

  /** {@code if got != want { t.Errorf(...) }}. */
  private static Optional<Assertion> goCheck(SyntaxNode node) {
    if (!node.is("if_statement") || node.field("consequence").isEmpty()) {
      return Optional.empty();
    }
    boolean fails =
        node.field("consequence").get().walk().stream()
            .flatMap(inner -> Call.of(inner).stream())
            .anyMatch(
                call -> GO_FAILS.contains(call.last().name()) && call.last().words().size() == 1);
    Optional<SyntaxNode> condition = node.field("condition");
    return fails ? condition.map(ShapeReader::goAssertion) : Optional.empty();
  }

  private static Assertion goAssertion(SyntaxNode condition) {
    String text = condition.text();
    return new Assertion(
        goStrength(text),
        "if " + text,
        "if " + condition.shape(),
        condition.literals(),
        Tolerances.within(condition),
        "");
  }

  private static Strength goStrength(String text) {
    if (text.equals("false")) {
      return Strength.TRIVIAL;
    }
    if (text.contains("Abs (") || text.contains("abs (")) {
      return Strength.CLOSE;
    }
    if (text.matches(".*[!=]= nil.*")) {
      return Strength.PRESENT;
    }
    return text.contains("!=") || text.matches("! .*(?:Equal|DeepEqual) \\(.*")
        ? Strength.EXACT
        : Strength.PARTIAL;
  }
}
