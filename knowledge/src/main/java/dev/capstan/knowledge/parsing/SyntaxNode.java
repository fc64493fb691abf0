package dev.capstan.knowledge.parsing;

import java.util.List;
import java.util.Optional;

/**
 * A node of a syntax tree, copied from the native one.
 *
 * @param field its role in its parent; "" if it has none
 * @param start in bytes
 * @param end in bytes, after its last
 * @param firstLine from 1
 */
record SyntaxNode(
    String type,
    String field,
    int start,
    int end,
    int firstLine,
    int lastLine,
    List<SyntaxNode> children) {
  Optional<SyntaxNode> child(String name) {
    return children.stream().filter(child -> child.field.equals(name)).findFirst();
  }

  Optional<SyntaxNode> firstOf(String... types) {
    List<String> wanted = List.of(types);
    return children.stream().filter(child -> wanted.contains(child.type)).findFirst();
  }

  /** True for what stands before a declaration and belongs to it. */
  boolean leads() {
    return type.contains("comment") || type.equals("attribute_item");
  }
}
