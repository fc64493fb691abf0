package dev.capstan.knowledge.parsing;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads what declares variables, and keeps the local ones with the place that sees them. */
final class JavaVariables {
  private static final Set<String> BLOCKS =
      Set.of(
          "block",
          "constructor_body",
          "for_statement",
          "try_with_resources_statement",
          "catch_clause",
          "switch_block_statement_group",
          "switch_rule");

  private final JavaTypes types;
  private final JavaOrigins origins;

  /** By identity: a node is where it stands. */
  private final IdentityHashMap<SyntaxNode, Given> expected = new IdentityHashMap<>();

  /** A variable with its type as written. */
  record Variable(String name, String type) {}

  JavaVariables(JavaTypes types, JavaOrigins origins) {
    this.types = types;
    this.origins = origins;
  }

  /** Takes in what the node declares; gives the place of what is inside of it. */
  JavaPlace seen(SyntaxNode node, JavaPlace place) {
    JavaPlace inside = BLOCKS.contains(node.type()) ? place.insideBlock() : place;
    switch (node.type()) {
      case "local_variable_declaration" -> local(node, place);
      case "formal_parameter", "spread_parameter", "catch_formal_parameter" ->
          parameter(node).ifPresent(found -> put(found, place));
      case "resource" -> resource(node, place);
      case "instanceof_expression" -> pattern(node, "right", place);
      case "type_pattern", "record_pattern_component" -> componentPattern(node, place);
      case "enhanced_for_statement" -> {
        return loop(node, place.insideBlock());
      }
      case "lambda_expression" -> {
        return lambda(node, place.insideBlock());
      }
      default -> {}
    }
    return inside;
  }

  private static void put(Variable found, JavaPlace place) {
    place.locals().put(found.name(), valueOf(found.type(), place));
  }

  private static String valueOf(String type, JavaPlace place) {
    boolean inferred = type.equals("var") || type.isEmpty();
    return inferred ? Origin.UNKNOWN : Origin.ofType(JavaOrigins.local(type, place));
  }

  private void local(SyntaxNode node, JavaPlace place) {
    String written = node.child("type").map(types::type).orElse("");
    for (SyntaxNode child : node.children()) {
      if (child.type().equals("variable_declarator")) {
        String origin =
            written.equals("var")
                ? child.child("value").map(value -> origins.of(value, place)).orElse("?")
                : valueOf(written + dimensions(child), place);
        place.locals().put(child.child("name").map(types::text).orElse(""), origin);
      }
    }
  }

  private String dimensions(SyntaxNode node) {
    return "[]"
        .repeat(node.child("dimensions").map(types::text).map(JavaTypes::dimensions).orElse(0));
  }

  /** The variables of a declaration of fields. */
  List<Variable> declared(SyntaxNode node) {
    String written = node.child("type").map(types::type).orElse("");
    List<Variable> found = new ArrayList<>();
    for (SyntaxNode child : node.children()) {
      if (child.type().equals("variable_declarator")) {
        String name = child.child("name").map(types::text).orElse("");
        found.add(new Variable(name, written + dimensions(child)));
      }
    }
    return found;
  }

  List<String> fieldNames(SyntaxNode body) {
    List<String> names = new ArrayList<>();
    for (SyntaxNode child : body.children()) {
      if (child.type().equals("field_declaration") || child.type().equals("constant_declaration")) {
        declared(child).forEach(field -> names.add(field.name()));
      }
    }
    return names;
  }

  /** Of a method, a record or a catch; one that stands for many is an array. */
  Optional<Variable> parameter(SyntaxNode node) {
    return switch (node.type()) {
      case "formal_parameter" ->
          node.child("name")
              .map(name ->
                  new Variable(
                      types.text(name),
                      node.child("type").map(types::type).orElse("") + dimensions(node)));
      case "spread_parameter" -> spread(node);
      case "catch_formal_parameter" ->
          node.child("name")
              .map(name ->
                  new Variable(
                      types.text(name), node.firstOf("catch_type").map(types::type).orElse("")));
      default -> Optional.empty();
    };
  }

  private Optional<Variable> spread(SyntaxNode node) {
    Optional<String> name =
        node.firstOf("variable_declarator").flatMap(found -> found.child("name")).map(types::text);
    Optional<String> type =
        node.children().stream()
            .filter(child -> child.type().endsWith("type") || child.type().endsWith("identifier"))
            .findFirst()
            .map(types::type);
    return name.flatMap(found -> type.map(written -> new Variable(found, written + "[]")));
  }

  private void resource(SyntaxNode node, JavaPlace place) {
    Optional<String> name = node.child("name").map(types::text);
    String written = node.child("type").map(types::type).orElse("");
    String origin =
        written.equals("var")
            ? node.child("value").map(value -> origins.of(value, place)).orElse("?")
            : valueOf(written, place);
    name.ifPresent(found -> place.locals().put(found, origin));
  }

  private void pattern(SyntaxNode node, String type, JavaPlace place) {
    node.child("name")
        .ifPresent(name ->
            put(
                new Variable(types.text(name), node.child(type).map(types::type).orElse("")),
                place));
  }

  private void componentPattern(SyntaxNode node, JavaPlace place) {
    List<SyntaxNode> parts =
        node.children().stream().filter(child -> !child.type().equals("modifiers")).toList();
    if (parts.size() == 2 && parts.get(1).type().equals("identifier")) {
      put(new Variable(types.text(parts.get(1)), types.type(parts.getFirst())), place);
    }
  }

  private JavaPlace loop(SyntaxNode node, JavaPlace inside) {
    String written = node.child("type").map(types::type).orElse("");
    String origin =
        written.equals("var")
            ? node.child("value")
                .map(value -> Origin.element(origins.of(value, inside)))
                .orElse("?")
            : valueOf(written, inside);
    node.child("name").ifPresent(name -> inside.locals().put(types.text(name), origin));
    return inside;
  }

  /** What a call gives to the lambdas among its arguments is known by the call. */
  void expect(SyntaxNode call, String receiver, String name) {
    List<SyntaxNode> arguments = JavaOrigins.argumentsOf(call);
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).type().equals("lambda_expression")) {
        expected.put(arguments.get(i), new Given(receiver, name, arguments.size(), i));
      }
    }
  }

  private record Given(String receiver, String name, int arguments, int position) {
    String to(int parameter) {
      return Origin.given(receiver, name, arguments, position, parameter);
    }
  }

  /** What has no type written follows from what the lambda is handed to. */
  private JavaPlace lambda(SyntaxNode node, JavaPlace inside) {
    Optional<Given> given = Optional.ofNullable(expected.remove(node));
    int parameter = 0;
    for (SyntaxNode each : namesOf(node)) {
      int index = parameter++;
      String origin = given.map(call -> call.to(index)).orElse(Origin.UNKNOWN);
      inside.locals().put(types.text(each), origin);
    }
    return inside;
  }

  /** Of parameters without types. */
  private static List<SyntaxNode> namesOf(SyntaxNode lambda) {
    Optional<SyntaxNode> parameters = lambda.child("parameters");
    if (parameters.isPresent() && parameters.get().type().equals("identifier")) {
      return List.of(parameters.get());
    }
    return parameters.map(SyntaxNode::children).orElse(List.of()).stream()
        .filter(child -> child.type().equals("identifier"))
        .toList();
  }
}
