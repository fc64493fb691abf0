package dev.capstan.knowledge.parsing;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Says where the value of an expression comes from. */
final class JavaOrigins {
  private static final Set<String> PUNCTUATION = Set.of("(", ")", ",");

  private final JavaTypes types;

  JavaOrigins(JavaTypes types) {
    this.types = types;
  }

  String of(SyntaxNode expression, JavaPlace place) {
    return switch (expression.type()) {
      case "identifier" -> named(types.text(expression), place);
      case "this" -> Origin.THIS;
      case "super" -> Origin.SUPER;
      case "field_access" -> field(expression, place);
      case "method_invocation" -> called(expression, place);
      case "object_creation_expression" -> created(expression, place);
      case "cast_expression", "array_creation_expression" -> typed(expression, place);
      case "parenthesized_expression" -> inner(expression, place);
      case "array_access" -> part(expression, "array", place).map(Origin::element).orElse("?");
      case "assignment_expression" -> part(expression, "left", place).orElse("?");
      case "ternary_expression" -> either(expression, place);
      case "string_literal", "text_block" -> Origin.ofType("String");
      case "class_literal" -> Origin.ofType("Class");
      case "generic_type", "type_identifier", "scoped_type_identifier", "array_type" ->
          Origin.ofType(types.type(expression));
      default -> Origin.UNKNOWN;
    };
  }

  private static String named(String name, JavaPlace place) {
    return place.locals().origin(name).orElse(name);
  }

  private Optional<String> part(SyntaxNode expression, String field, JavaPlace place) {
    return expression.child(field).map(found -> of(found, place));
  }

  private String field(SyntaxNode access, JavaPlace place) {
    Optional<SyntaxNode> object = access.child("object");
    String name = access.child("field").map(types::text).orElse("");
    if (object.isEmpty() || name.isEmpty()) {
      return Origin.UNKNOWN;
    }
    return switch (name) {
      case "this" -> Origin.outer(types.text(object.get()));
      case "super" -> Origin.ofType(types.text(object.get()));
      default -> Origin.field(of(object.get(), place), name);
    };
  }

  private String called(SyntaxNode invocation, JavaPlace place) {
    String name = invocation.child("name").map(types::text).orElse("");
    return Origin.call(receiver(invocation, place), name, arguments(invocation));
  }

  /** What a method is called on; "" if nothing is written. */
  String receiver(SyntaxNode invocation, JavaPlace place) {
    Optional<SyntaxNode> object = invocation.child("object");
    if (object.isEmpty()) {
      return "";
    }
    boolean ofOuter =
        invocation.children().stream().anyMatch(child -> child.type().equals("super"))
            && !object.get().type().equals("super");
    return ofOuter ? Origin.ofType(types.text(object.get())) : of(object.get(), place);
  }

  /** One that is made inside of another object is found by that object's type: not done. */
  private String created(SyntaxNode creation, JavaPlace place) {
    return creation.children().getFirst().type().equals("new")
        ? typed(creation, place)
        : Origin.UNKNOWN;
  }

  private String typed(SyntaxNode expression, JavaPlace place) {
    int dimensions = 0;
    for (SyntaxNode child : expression.children()) {
      dimensions +=
          switch (child.type()) {
            case "dimensions_expr" -> 1;
            case "dimensions" -> JavaTypes.dimensions(types.text(child));
            default -> 0;
          };
    }
    int all = dimensions;
    return expression
        .child("type")
        .map(type -> Origin.ofType(local(types.type(type), place) + "[]".repeat(all)))
        .orElse(Origin.UNKNOWN);
  }

  private String inner(SyntaxNode expression, JavaPlace place) {
    return expression.children().stream()
        .filter(child -> !PUNCTUATION.contains(child.type()) && !child.leads())
        .findFirst()
        .map(child -> of(child, place))
        .orElse(Origin.UNKNOWN);
  }

  private String either(SyntaxNode ternary, JavaPlace place) {
    Optional<SyntaxNode> one = ternary.child("consequence");
    Optional<SyntaxNode> other = ternary.child("alternative");
    if (one.isEmpty() || other.isEmpty()) {
      return Origin.UNKNOWN;
    }
    String first = of(one.get(), place);
    String second = of(other.get(), place);
    boolean onlySecond = one.get().type().equals("null_literal");
    boolean onlyFirst = other.get().type().equals("null_literal") || first.equals(second);
    return onlySecond ? second : onlyFirst ? first : Origin.UNKNOWN;
  }

  /** A value whose type is a variable of the method has what its bound has. */
  static String local(String type, JavaPlace place) {
    Map<String, String> variables = place.variables();
    return JavaTypes.bound(type, variables, "Object");
  }

  static int arguments(SyntaxNode call) {
    return call.child("arguments").isPresent() ? argumentsOf(call).size() : Parsed.Call.UNKNOWN;
  }

  static List<SyntaxNode> argumentsOf(SyntaxNode call) {
    return call.child("arguments").map(SyntaxNode::children).orElse(List.of()).stream()
        .filter(child -> !PUNCTUATION.contains(child.type()) && !child.leads())
        .toList();
  }
}
