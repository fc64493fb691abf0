package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The functions of a test file, as the tools of its language find them. */
final class Outline {
  private static final Set<String> JVM_TESTS =
      Set.of(
          "Test",
          "ParameterizedTest",
          "RepeatedTest",
          "TestFactory",
          "TestTemplate",
          "Property",
          "Example",
          "Theory",
          "ArchTest");
  private static final Set<String> SCRIPT_TESTS =
      Set.of("it", "test", "specify", "xit", "xtest", "xspecify", "fit", "ftest", "scenario");
  private static final Set<String> SCRIPT_BLOCKS =
      Set.of("describe", "suite", "context", "xdescribe", "fdescribe", "xcontext");
  private static final Pattern GO_TEST = Pattern.compile("(?:Test|Fuzz|Example)(?![a-z]).*");

  private final String path;
  private final List<TestFunction> found = new ArrayList<>();
  private final List<SyntaxNode> fileMarks = new ArrayList<>();

  private Outline(String path) {
    this.path = path;
  }

  static List<TestFunction> of(String path, SourceLanguage language, SyntaxNode root) {
    Outline outline = new Outline(path);
    switch (language) {
      case JAVA, KOTLIN -> outline.jvm(root, List.of(), List.of(), false);
      case PYTHON -> outline.python(root, List.of(), List.of());
      case JAVASCRIPT, TYPESCRIPT, TSX -> outline.script(root, List.of(), List.of());
      case GO -> outline.go(root);
      case RUST -> outline.rust(root, List.of());
    }
    return outline.found.stream().map(outline::withFileMarks).toList();
  }

  private TestFunction withFileMarks(TestFunction function) {
    return fileMarks.isEmpty()
        ? function
        : new TestFunction(
            function.name(), function.test(), join(function.marks(), fileMarks), function.body());
  }

  private void add(
      List<String> containers, String name, boolean test, List<SyntaxNode> marks, SyntaxNode body) {
    found.add(new TestFunction(new TestName(path, containers, name), test, marks, body));
  }

  private static List<SyntaxNode> join(List<SyntaxNode> one, List<SyntaxNode> other) {
    List<SyntaxNode> all = new ArrayList<>(one);
    all.addAll(other);
    return all;
  }

  private static List<String> within(List<String> containers, String name) {
    List<String> all = new ArrayList<>(containers);
    all.add(name);
    return all;
  }

  private static String name(SyntaxNode node) {
    return node.field("name")
        .or(() -> node.first("simple_identifier", "type_identifier", "identifier"))
        .map(SyntaxNode::text)
        .orElse("")
        .replace("`", "");
  }

  private void jvm(
      SyntaxNode node, List<String> containers, List<SyntaxNode> marks, boolean oldStyle) {
    for (SyntaxNode child : node.children()) {
      List<SyntaxNode> own = child.first("modifiers").map(SyntaxNode::children).orElse(List.of());
      switch (child.type()) {
        case "class_declaration",
            "record_declaration",
            "interface_declaration",
            "object_declaration" ->
            jvm(child, within(containers, name(child)), join(marks, own), oldStyle || isOld(child));
        case "method_declaration", "function_declaration" -> {
          boolean test =
              own.stream().anyMatch(mark -> JVM_TESTS.contains(annotation(mark)))
                  || (oldStyle && name(child).startsWith("test"));
          add(containers, name(child), test, join(marks, own), child);
        }
        case "call_expression" -> kotlinBlock(child, containers, marks);
        default -> jvm(child, containers, marks, oldStyle);
      }
    }
  }

  /** JUnit 3 knows a test by its name. */
  private static boolean isOld(SyntaxNode type) {
    return type.first("superclass", "delegation_specifier")
        .filter(parent -> parent.text().contains("TestCase"))
        .isPresent();
  }

  /** The simple name of an annotation. */
  static String annotation(SyntaxNode mark) {
    String text = mark.text().replace("@", "").replace(" ", "");
    int end = text.indexOf('(');
    String name = end < 0 ? text : text.substring(0, end);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** {@code test("adds") { ... }} of Kotest. */
  private void kotlinBlock(SyntaxNode node, List<String> containers, List<SyntaxNode> marks) {
    Call call = Call.of(node).orElseThrow();
    List<SyntaxNode> arguments =
        call.links().stream().flatMap(link -> link.arguments().stream()).toList();
    boolean named =
        call.links().size() <= 2
            && arguments.size() >= 2
            && arguments.getLast().is("annotated_lambda")
            && arguments.getFirst().text().startsWith("\"");
    if (named && Set.of("test", "it", "should", "scenario").contains(call.root().name())) {
      add(containers, unquoted(arguments.getFirst().text()), true, marks, arguments.getLast());
    } else {
      jvm(
          node,
          named ? within(containers, unquoted(arguments.getFirst().text())) : containers,
          marks,
          false);
    }
  }

  private void python(SyntaxNode node, List<String> containers, List<SyntaxNode> marks) {
    for (SyntaxNode child : node.children()) {
      switch (child.type()) {
        case "decorated_definition" -> {
          List<SyntaxNode> own = join(marks, child.all("decorator"));
          child.field("definition").ifPresent(inner -> pythonDefinition(inner, containers, own));
        }
        case "class_definition", "function_definition" ->
            pythonDefinition(child, containers, marks);
        case "if_statement", "try_statement", "block" -> python(child, containers, marks);
        case "expression_statement" -> {
          if (child.text().startsWith("pytestmark =")) {
            fileMarks.add(child);
          }
        }
        default -> {}
      }
    }
  }

  private void pythonDefinition(SyntaxNode node, List<String> containers, List<SyntaxNode> marks) {
    SyntaxNode body = node.field("body").orElse(node);
    if (node.is("function_definition")) {
      add(containers, name(node), name(node).startsWith("test"), marks, body);
    } else {
      python(body, within(containers, name(node)), marks);
    }
  }

  private void script(SyntaxNode node, List<String> containers, List<SyntaxNode> marks) {
    for (SyntaxNode child : node.children()) {
      if (child.is("function_declaration") && !name(child).isEmpty()) {
        add(containers, name(child), false, marks, child);
      } else if (child.is("variable_declarator") && holdsFunction(child)) {
        add(containers, name(child), false, marks, child);
      } else if (!child.is("call_expression") || !scriptCall(child, containers, marks)) {
        script(child, containers, marks);
      }
    }
  }

  private static boolean holdsFunction(SyntaxNode declarator) {
    return declarator.first("arrow_function", "function_expression").isPresent();
  }

  /** True if it is a test or a block of tests. */
  private boolean scriptCall(SyntaxNode node, List<String> containers, List<SyntaxNode> marks) {
    Call call = Call.of(node).orElseThrow();
    Call.Link root = call.root();
    String word = root.words().isEmpty() ? root.name() : root.words().getFirst();
    List<SyntaxNode> arguments = call.last().arguments();
    boolean test = SCRIPT_TESTS.contains(word.toLowerCase(Locale.ROOT));
    if (arguments.isEmpty() || !(test || SCRIPT_BLOCKS.contains(word))) {
      return false;
    }
    String name = unquoted(arguments.getFirst().text());
    List<SyntaxNode> own = join(marks, List.of(mark(node)));
    if (test) {
      add(containers, name, true, own, node);
    } else {
      script(node.field("arguments").orElse(node), within(containers, name), own);
    }
    return true;
  }

  /** What is called, without the body: {@code it.skip}, {@code test.each([...])}. */
  private static SyntaxNode mark(SyntaxNode call) {
    List<SyntaxNode> parts = new ArrayList<>();
    call.field("function").ifPresent(parts::add);
    call.field("arguments")
        .ifPresent(list ->
            list.children().stream().filter(SyntaxNode::isLiteral).skip(1).forEach(parts::add));
    return new SyntaxNode("script_mark", "", "", parts);
  }

  static String unquoted(String text) {
    return text.replaceAll("^(?:\\w{0,2}[\"'`]+ ?)|(?: ?[\"'`]+)$", "");
  }

  private void go(SyntaxNode root) {
    for (SyntaxNode child : root.children()) {
      if (child.is("function_declaration")) {
        add(List.of(), name(child), GO_TEST.matcher(name(child)).matches(), List.of(), child);
      } else if (child.is("method_declaration")) {
        String type =
            child
                .field("receiver")
                .map(SyntaxNode::text)
                .orElse("")
                .replaceAll(".*[ *]([\\w]+) \\)", "$1");
        add(List.of(type), name(child), GO_TEST.matcher(name(child)).matches(), List.of(), child);
      }
    }
  }

  private void rust(SyntaxNode node, List<String> containers) {
    List<SyntaxNode> marks = new ArrayList<>();
    for (SyntaxNode child : node.children()) {
      switch (child.type()) {
        case "attribute_item" -> marks.add(child);
        case "function_item" -> {
          boolean test =
              marks.stream()
                  .anyMatch(mark ->
                      mark.text()
                          .matches(
                              "# \\[ (?:[\\w: ]*:: )?(?:test|rstest|test_case|quickcheck)\\b.*"));
          add(containers, name(child), test, List.copyOf(marks), child);
          marks.clear();
        }
        case "mod_item" -> {
          child.field("body").ifPresent(body -> rust(body, within(containers, name(child))));
          marks.clear();
        }
        case "declaration_list", "impl_item" -> rust(child, containers);
        default -> marks.clear();
      }
    }
  }
}
