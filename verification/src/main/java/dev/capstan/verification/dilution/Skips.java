package dev.capstan.verification.dilution;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What keeps a test from running, or from counting when it runs. */
final class Skips {
  private static final Pattern ANNOTATION =
      Pattern.compile(
          "Disabled.*|Ignore.*|Enabled.*|Ignored|ConditionalIgnore|Skip.*|RequiresAssertions");
  private static final Pattern DECORATOR =
      Pattern.compile(".*\\b(?:skip\\w*|Skip\\w*|xfail|expectedFailure|flaky)\\b.*");
  private static final Pattern SCRIPT =
      Pattern.compile(
          "(?:xit|xtest|xdescribe|xspecify|xcontext)\\b.*|.*\\. (?:skip|todo|failing|fails|fixme|skipIf|runIf)\\b.*");
  private static final Pattern RUST =
      Pattern.compile("# \\[ (?:ignore|cfg|cfg_attr|should_panic)\\b.*");
  private static final Set<String> CALLS =
      Set.of(
          "skip",
          "Skip",
          "Skipf",
          "SkipNow",
          "skipTest",
          "xfail",
          "importorskip",
          "SkipTest",
          "abort",
          "pending");
  private static final Set<String> OWNERS =
      Set.of("t", "b", "self", "pytest", "unittest", "this", "ctx", "test", "context");

  private Skips() {}

  /** In words of the source. */
  static List<String> of(TestFunction function) {
    List<String> found = new ArrayList<>();
    function.marks().stream()
        .filter(Skips::keepsBack)
        .map(mark -> shortened(mark.text()))
        .forEach(found::add);
    for (SyntaxNode node : function.body().walk()) {
      Call.of(node).map(Call::last).filter(Skips::skips).ifPresent(link -> found.add(said(link)));
    }
    return found;
  }

  private static boolean keepsBack(SyntaxNode mark) {
    return switch (mark.type()) {
      case "annotation", "marker_annotation" ->
          ANNOTATION.matcher(Outline.annotation(mark)).matches()
              || mark.text().replace(" ", "").contains("enabled=false");
      case "decorator", "expression_statement" -> DECORATOR.matcher(mark.text()).matches();
      case "script_mark" -> SCRIPT.matcher(mark.text()).matches();
      case "attribute_item" -> RUST.matcher(mark.text()).matches();
      default -> false;
    };
  }

  private static boolean skips(Call.Link link) {
    String name = link.name();
    if (name.startsWith("assume") || name.startsWith("assuming")) {
      return true;
    }
    return CALLS.contains(name)
        && (OWNERS.contains(String.join(".", link.words()))
            || (link.words().isEmpty() && (name.equals("SkipTest") || name.equals("skipTest"))));
  }

  private static String said(Call.Link link) {
    String words = link.words().isEmpty() ? "" : String.join(".", link.words()) + ".";
    return words + link.name() + "()";
  }

  /** Calls by which a script has some of its tests run and no other. */
  static List<String> only(SyntaxNode root) {
    return root.walk().stream()
        .flatMap(node -> Call.of(node).stream())
        .map(Call::root)
        .filter(link ->
            Set.of("fit", "fdescribe", "ftest").contains(link.name())
                || (link.name().equals("only") && !link.words().isEmpty()))
        .map(Skips::said)
        .toList();
  }

  static String shortened(String text) {
    String close = text.replace(" ", "");
    return close.length() <= 100 ? close : close.substring(0, 100) + "…";
  }
}
