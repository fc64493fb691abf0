package dev.capstan.verification.dilution;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A node of a syntax tree, without comments.
 *
 * @param type as the grammar calls it
 * @param field its name within the parent, or ""
 * @param leaf its text if it has no children, else ""
 */
record SyntaxNode(String type, String field, String leaf, List<SyntaxNode> children) {
  private static final int LONGEST = 4_000;
  private static final Set<String> LITERALS =
      Set.of(
          "integer",
          "float",
          "string",
          "number",
          "true",
          "false",
          "none",
          "null",
          "undefined",
          "nil",
          "template_string",
          "regex");
  private static final Set<String> NO_LITERALS =
      Set.of(
          "composite_literal",
          "func_literal",
          "lambda_literal",
          "object_literal",
          "collection_literal",
          "class_literal");

  SyntaxNode {
    children = List.copyOf(children);
  }

  Optional<SyntaxNode> field(String name) {
    return children.stream().filter(child -> child.field.equals(name)).findFirst();
  }

  Optional<SyntaxNode> first(String... types) {
    return children.stream().filter(child -> child.is(types)).findFirst();
  }

  List<SyntaxNode> all(String... types) {
    return children.stream().filter(child -> child.is(types)).toList();
  }

  boolean is(String... types) {
    for (String other : types) {
      if (type.equals(other)) {
        return true;
      }
    }
    return false;
  }

  boolean isLiteral() {
    return LITERALS.contains(type) || (type.endsWith("_literal") && !NO_LITERALS.contains(type));
  }

  /** Its tokens with one space between, so that layout does not matter; cut where it is long. */
  String text() {
    StringBuilder text = new StringBuilder();
    append(text, _ -> false);
    return text.toString();
  }

  /** The same with {@code _} for each literal. */
  String shape() {
    StringBuilder text = new StringBuilder();
    append(text, SyntaxNode::isLiteral);
    return text.toString();
  }

  private void append(StringBuilder text, Predicate<SyntaxNode> hidden) {
    if (text.length() > LONGEST) {
      return;
    }
    if (hidden.test(this)) {
      text.append(text.isEmpty() ? "_" : " _");
    } else if (children.isEmpty()) {
      text.append(text.isEmpty() || leaf.isEmpty() ? "" : " ").append(leaf);
    } else {
      children.forEach(child -> child.append(text, hidden));
    }
  }

  /** Itself and all below, from the top, left to right. */
  List<SyntaxNode> walk() {
    return walk(_ -> true);
  }

  /** The same, but nothing below a node that is not to be entered. */
  List<SyntaxNode> walk(Predicate<SyntaxNode> entered) {
    List<SyntaxNode> found = new ArrayList<>();
    Deque<SyntaxNode> open = new ArrayDeque<>(List.of(this));
    while (!open.isEmpty()) {
      SyntaxNode node = open.pop();
      found.add(node);
      if (entered.test(node)) {
        node.children.reversed().forEach(open::push);
      }
    }
    return found;
  }

  /** The literals below, outermost only. */
  List<String> literals() {
    return walk(node -> !node.isLiteral()).stream()
        .filter(SyntaxNode::isLiteral)
        .map(SyntaxNode::text)
        .toList();
  }
}
