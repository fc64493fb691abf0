package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.Call;
import dev.capstan.knowledge.parsing.Parsed.Import;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads symbols, imports and calls from a syntax tree, in the order in which they stand. Java has
 * one of its own, {@link JavaExtraction}.
 */
final class Extraction {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_IMPORT = 500;
  private static final Pattern PLAIN = Pattern.compile("[\\w$.:>-]{1,80}");
  private static final Pattern TEST_MARK =
      Pattern.compile("@(?:Test|ParameterizedTest|RepeatedTest|Property|TestFactory)\\b");

  private final Language language;
  private final Grammar grammar;
  private final byte[] text;
  private final List<Symbol> symbols = new ArrayList<>();
  private final List<Import> imports = new ArrayList<>();
  private final List<Call> calls = new ArrayList<>();

  private Extraction(Language language, Grammar grammar, byte[] text) {
    this.language = language;
    this.grammar = grammar;
    this.text = text;
  }

  static Extraction of(Language language, Grammar grammar, SyntaxNode root, byte[] text) {
    Extraction extraction = new Extraction(language, grammar, text);
    extraction.visit(root, "", false);
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

  private void visit(SyntaxNode node, String container, boolean marked) {
    String inside = declared(node, container, marked).map(Symbol::qualifiedName).orElse(container);
    if (grammar.imports().contains(node.type())) {
      imports.add(new Import(shortened(node, LONGEST_IMPORT), node.firstLine()));
    }
    String callee = grammar.calls().get(node.type());
    if (callee != null) {
      call(node, callee, container);
    }
    boolean attribute = false;
    for (SyntaxNode child : node.children()) {
      visit(child, inside, attribute);
      attribute =
          child.type().equals("attribute_item")
              ? isTestAttribute(child)
              : child.leads() && attribute;
    }
  }

  private boolean isTestAttribute(SyntaxNode attribute) {
    return shortened(attribute, LONGEST_NAME).matches("#\\[(?:\\w+::)*test\\b.*");
  }

  private Optional<Symbol> declared(SyntaxNode node, String container, boolean marked) {
    Optional<Kind> kind = kind(node);
    if (kind.isEmpty()) {
      return Optional.empty();
    }
    String name = name(node).map(Extraction::withoutGenerics).orElse("");
    if (name.isEmpty()) {
      return Optional.empty();
    }
    int colons = name.lastIndexOf("::");
    String own = colons < 0 ? name : name.substring(colons + 2);
    String around =
        joined(
            container, colons < 0 ? receiver(node) : name.substring(0, colons).replace("::", "."));
    boolean test = kind.get() == Kind.FUNCTION && (marked || isTest(node, own));
    Symbol symbol = new Symbol(own, around, kind.get(), node.firstLine(), node.lastLine(), test);
    if (!node.type().equals("impl_item")) {
      symbols.add(symbol);
    }
    return Optional.of(symbol);
  }

  /** A function that is the value of a variable is declared by it. */
  private Optional<Kind> kind(SyntaxNode node) {
    if (node.type().equals("variable_declarator")) {
      return node.child("value")
          .filter(value -> value.type().contains("function"))
          .map(_ -> Kind.FUNCTION);
    }
    boolean mentioned = node.type().endsWith("_specifier") && node.child("body").isEmpty();
    return mentioned
        ? Optional.empty()
        : Optional.ofNullable(grammar.declarations().get(node.type()));
  }

  private Optional<String> name(SyntaxNode node) {
    if (node.type().equals("impl_item")) {
      return node.child("type").map(type -> shortened(type, LONGEST_NAME));
    }
    Optional<SyntaxNode> declarator = declarator(node);
    for (var next = declarator; next.isPresent(); next = next.flatMap(Extraction::declarator)) {
      declarator = next;
    }
    if (declarator.isPresent()) {
      return declarator.map(found -> shortened(found, LONGEST_NAME));
    }
    return node.child("name")
        .or(() -> node.firstOf("simple_identifier", "type_identifier", "identifier"))
        .map(found -> shortened(found, LONGEST_NAME));
  }

  /** In C a name stands inside of what says how it is used; a reference has no field for it. */
  private static Optional<SyntaxNode> declarator(SyntaxNode node) {
    Optional<SyntaxNode> found = node.child("declarator");
    return node.type().equals("reference_declarator")
        ? found.or(() -> node.firstOf("function_declarator", "identifier"))
        : found;
  }

  /** The type that a method of Go belongs to; "" elsewhere. */
  private String receiver(SyntaxNode node) {
    if (language != Language.GO) {
      return "";
    }
    return node.child("receiver")
        .map(receiver -> withoutGenerics(shortened(receiver, LONGEST_NAME)))
        .map(receiver -> receiver.replaceAll("[()*]", " ").strip())
        .map(receiver -> receiver.substring(receiver.lastIndexOf(' ') + 1))
        .orElse("");
  }

  private boolean isTest(SyntaxNode node, String name) {
    return switch (language) {
      case KOTLIN ->
          node.firstOf("modifiers")
              .map(modifiers -> marksTest(shortened(modifiers, 1_000)))
              .orElse(false);
      case PYTHON -> name.startsWith("test_");
      case GO -> name.startsWith("Test") || name.startsWith("Benchmark");
      case JAVA, TYPESCRIPT, TSX, JAVASCRIPT, RUST, C, CPP, MARKDOWN, TEXT -> false;
    };
  }

  private void call(SyntaxNode node, String field, String caller) {
    Optional<SyntaxNode> callee =
        field.isEmpty() ? node.children().stream().findFirst() : node.child(field);
    if (callee.isEmpty()) {
      return;
    }
    String called = withoutGenerics(tail(callee.get()));
    int end = called.length();
    int start = end;
    while (start > 0 && Character.isJavaIdentifierPart(called.charAt(start - 1))) {
      start--;
    }
    if (start == end) {
      return;
    }
    String before = called.substring(0, start).replaceFirst("(?:\\?\\.|\\.|::|->)$", "");
    String receiver =
        node.child("object").map(object -> shortened(object, LONGEST_NAME)).orElse(before);
    boolean plain = PLAIN.matcher(receiver).matches();
    String origin = plain || receiver.isEmpty() ? "" : Origin.UNKNOWN;
    calls.add(
        new Call(
            called.substring(start),
            plain ? receiver : "",
            caller,
            node.firstLine(),
            origin,
            Call.UNKNOWN,
            ""));
  }

  static boolean marksTest(String modifiers) {
    return TEST_MARK.matcher(modifiers).find();
  }

  private static String joined(String container, String own) {
    if (container.isEmpty() || own.isEmpty()) {
      return container + own;
    }
    return container + '.' + own;
  }

  /** {@code a.b<C>} is {@code a.b}; an operator is left as it is. */
  private static String withoutGenerics(String name) {
    int angle = name.indexOf('<');
    boolean generic = angle > 0 && name.endsWith(">");
    String plain = generic ? name.substring(0, angle) : name;
    return plain.endsWith("::") ? plain.substring(0, plain.length() - 2) : plain.strip();
  }

  private String shortened(SyntaxNode node, int most) {
    int length = Math.min(node.end() - node.start(), most);
    return new String(text, node.start(), length, StandardCharsets.UTF_8).strip();
  }

  /** The end of a long chain is what is called. */
  private String tail(SyntaxNode node) {
    int start = Math.max(node.start(), node.end() - LONGEST_NAME);
    return new String(text, start, node.end() - start, StandardCharsets.UTF_8).strip();
  }
}
