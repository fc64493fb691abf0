package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.parsing.Parsed.Call;
import dev.capstan.knowledge.parsing.Parsed.Declaration;
import dev.capstan.knowledge.parsing.Parsed.Form;
import dev.capstan.knowledge.parsing.Parsed.Import;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads from Java what {@link Extraction} reads, and the types that are written in it. */
final class JavaExtraction {
  private static final Pattern PLAIN = Pattern.compile("[\\w$.]{1,80}");
  private static final int NO_SYMBOL = -1;

  private final JavaTypes types;
  private final JavaOrigins origins;
  private final JavaVariables variables;
  private final List<Symbol> symbols = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();
  private final List<Declaration> declarations = new ArrayList<>();
  private int nameless;

  private JavaExtraction(byte[] text) {
    this.types = new JavaTypes(text);
    this.origins = new JavaOrigins(types);
    this.variables = new JavaVariables(types, origins);
  }

  static JavaExtraction of(SyntaxNode root, byte[] text) {
    JavaExtraction extraction = new JavaExtraction(text);
    extraction.visit(root, JavaPlace.TOP);
    return extraction;
  }

  List<Symbol> symbols() {
    return symbols;
  }

  List<Import> imports() {
    return imports;
  }

  List<Call> calls() {
    return calls;
  }

  List<Declaration> declarations() {
    return declarations;
  }

  private void visit(SyntaxNode node, JavaPlace place) {
    switch (node.type()) {
      case "package_declaration" -> packaged(node);
      case "import_declaration" -> imports.add(new Import(types.text(node), node.firstLine()));
      case "class_declaration" -> type(node, Form.CLASS, place);
      case "interface_declaration", "annotation_type_declaration" ->
          type(node, Form.INTERFACE, place);
      case "enum_declaration" -> type(node, Form.ENUM, place);
      case "record_declaration" -> type(node, Form.RECORD, place);
      case "method_declaration" -> function(node, Form.METHOD, place);
      case "constructor_declaration", "compact_constructor_declaration" ->
          function(node, Form.CONSTRUCTOR, place);
      case "field_declaration", "constant_declaration" -> fields(node, place);
      case "enum_constant" -> constant(node, place);
      case "object_creation_expression" -> creation(node, place);
      case "method_invocation" -> {
        invocation(node, place);
        visitChildren(node, place);
      }
      case "explicit_constructor_invocation" -> {
        constructorInvocation(node, place);
        visitChildren(node, place);
      }
      case "method_reference" -> {
        reference(node, place);
        visitChildren(node, place);
      }
      default -> visitChildren(node, variables.seen(node, place));
    }
  }

  private void visitChildren(SyntaxNode node, JavaPlace place) {
    node.children().forEach(child -> visit(child, place));
  }

  private void packaged(SyntaxNode node) {
    node.firstOf("scoped_identifier", "identifier")
        .ifPresent(name -> declare(Form.PACKAGE, types.text(name), "", NO_SYMBOL, ""));
  }

  private void declare(Form form, String name, String owner, int symbol, String type) {
    declarations.add(
        new Declaration(form, name, owner, symbol, type, List.of(), List.of(), List.of()));
  }

  private void type(SyntaxNode node, Form form, JavaPlace place) {
    String name = node.child("name").map(types::text).orElse("");
    if (name.isEmpty()) {
      visitChildren(node, place);
      return;
    }
    symbols.add(symbol(node, name, Kind.TYPE, place));
    List<String> generics =
        types.variables(node).entrySet().stream()
            .map(each ->
                each.getValue().isEmpty()
                    ? each.getKey()
                    : each.getKey() + " extends " + each.getValue())
            .toList();
    declarations.add(
        new Declaration(
            form,
            name,
            place.scope(),
            symbols.size() - 1,
            "",
            List.of(),
            generics,
            types.supers(node)));
    JavaPlace inside = place.inside(name);
    node.child("parameters").ifPresent(parameters -> components(parameters, inside));
    for (SyntaxNode child : node.children()) {
      if (child.field().equals("body")) {
        members(child, inside);
      } else {
        visit(child, inside);
      }
    }
  }

  private Symbol symbol(SyntaxNode node, String name, Kind kind, JavaPlace place) {
    boolean test =
        kind == Kind.FUNCTION
            && node.firstOf("modifiers").map(types::text).filter(Extraction::marksTest).isPresent();
    return new Symbol(name, place.container(), kind, node.firstLine(), node.lastLine(), test);
  }

  /** Its own fields hide the local variables around a class. */
  private void members(SyntaxNode body, JavaPlace inside) {
    variables.fieldNames(body).forEach(name -> inside.locals().put(name, name));
    visitChildren(body, inside);
  }

  private void components(SyntaxNode parameters, JavaPlace inside) {
    for (SyntaxNode each : parameters.children()) {
      variables
          .parameter(each)
          .ifPresent(found ->
              declare(Form.COMPONENT, found.name(), inside.scope(), NO_SYMBOL, found.type()));
    }
  }

  private void function(SyntaxNode node, Form form, JavaPlace place) {
    String name = node.child("name").map(types::text).orElse("");
    if (name.isEmpty()) {
      visitChildren(node, place);
      return;
    }
    symbols.add(symbol(node, name, Kind.FUNCTION, place));
    JavaPlace inside = place.inside(name).with(types.variables(node));
    String written =
        node.child("type").map(types::type).orElse("")
            + "[]"
                .repeat(
                    node.child("dimensions").map(types::text).map(JavaTypes::dimensions).orElse(0));
    String returned = JavaTypes.bound(written, inside.variables(), Origin.UNKNOWN);
    if (!node.type().startsWith("compact")) {
      declarations.add(
          new Declaration(
              form,
              name,
              place.scope(),
              symbols.size() - 1,
              returned,
              parameters(node, inside),
              List.of(),
              List.of()));
    }
    visitChildren(node, inside);
  }

  private List<String> parameters(SyntaxNode node, JavaPlace inside) {
    List<String> parameters = new ArrayList<>();
    for (SyntaxNode each : node.child("parameters").map(SyntaxNode::children).orElse(List.of())) {
      variables
          .parameter(each)
          .map(found -> JavaTypes.bound(found.type(), inside.variables(), Origin.UNKNOWN))
          .map(type ->
              each.type().equals("spread_parameter") ? type.replaceFirst("\\[]$", "...") : type)
          .ifPresent(parameters::add);
    }
    return parameters;
  }

  private void fields(SyntaxNode node, JavaPlace place) {
    variables
        .declared(node)
        .forEach(
            field -> declare(Form.FIELD, field.name(), place.scope(), NO_SYMBOL, field.type()));
    visitChildren(node, place);
  }

  private void constant(SyntaxNode node, JavaPlace place) {
    String name = node.child("name").map(types::text).orElse("");
    String type = place.scope().substring(place.scope().lastIndexOf('.') + 1);
    declare(Form.FIELD, name, place.scope(), NO_SYMBOL, type);
    int arguments = Math.max(0, JavaOrigins.arguments(node));
    add(type, "", Origin.created(type), arguments, node, place);
    node.child("arguments").ifPresent(list -> visitChildren(list, place));
    node.child("body").ifPresent(body -> members(body, namelessClass(type, place)));
  }

  private JavaPlace namelessClass(String superType, JavaPlace place) {
    JavaPlace inside = place.insideNameless(++nameless);
    declarations.add(
        new Declaration(
            Form.CLASS,
            String.valueOf(nameless),
            place.scope(),
            NO_SYMBOL,
            "",
            List.of(),
            List.of(),
            List.of(superType)));
    return inside;
  }

  private void creation(SyntaxNode node, JavaPlace place) {
    Optional<SyntaxNode> type = node.child("type");
    if (type.isEmpty()) {
      visitChildren(node, place);
      return;
    }
    boolean ofOuter = !node.children().getFirst().type().equals("new");
    String written = types.type(type.get());
    String origin = ofOuter ? Origin.UNKNOWN : Origin.created(written);
    add(simple(written), "", origin, JavaOrigins.arguments(node), node, place);
    for (SyntaxNode child : node.children()) {
      if (child.type().equals("class_body")) {
        members(child, namelessClass(written, place));
      } else {
        visit(child, place);
      }
    }
  }

  private static String simple(String type) {
    String raw = type.split("[<\\[]", 2)[0].strip();
    return raw.substring(raw.lastIndexOf('.') + 1);
  }

  private void invocation(SyntaxNode node, JavaPlace place) {
    String name = node.child("name").map(types::text).orElse("");
    String receiver = node.child("object").map(types::text).orElse("");
    String origin = origins.receiver(node, place);
    add(name, receiver, origin, JavaOrigins.arguments(node), node, place);
    variables.expect(node, origin, name);
  }

  private void constructorInvocation(SyntaxNode node, JavaPlace place) {
    String name = node.child("constructor").map(types::text).orElse("");
    boolean plain = node.child("object").isEmpty();
    add(name, "", plain ? name : Origin.UNKNOWN, JavaOrigins.arguments(node), node, place);
  }

  private void reference(SyntaxNode node, JavaPlace place) {
    SyntaxNode first = node.children().getFirst();
    String name = types.text(node.children().getLast());
    if (name.equals("new")) {
      String type = types.type(first);
      add(simple(type), "", Origin.created(type), Call.UNKNOWN, node, place);
    } else {
      add(name, types.text(first), origins.of(first, place), Call.UNKNOWN, node, place);
    }
  }

  private void add(
      String name,
      String receiver,
      String origin,
      int arguments,
      SyntaxNode node,
      JavaPlace place) {
    if (name.isEmpty()) {
      return;
    }
    String plain = PLAIN.matcher(receiver).matches() ? receiver : "";
    String scope = place.scope().equals(place.container()) ? "" : place.scope();
    calls.add(new Call(name, plain, place.container(), node.firstLine(), origin, arguments, scope));
  }
}
