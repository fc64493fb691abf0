package dev.capstan.verification.dilution;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a test file puts a stand-in for, as far as that is what the file is named after. */
final class UnitMocks {
  private static final Set<String> CALLS =
      Set.of(
          "mock",
          "spy",
          "mockk",
          "spyk",
          "mockkObject",
          "mockkStatic",
          "mockStatic",
          "mockConstruction",
          "doMock",
          "unstable_mockModule",
          "stub",
          "spyOn",
          "replace",
          "patch",
          "object",
          "setattr",
          "setitem",
          "Mock",
          "MagicMock",
          "AsyncMock",
          "create_autospec",
          "mocked");
  private static final Set<String> NODE =
      Set.of("method", "getter", "setter", "module", "property");
  private static final Set<String> ANNOTATIONS =
      Set.of("Mock", "Spy", "MockBean", "SpyBean", "MockitoBean", "MockitoSpyBean", "MockK");

  private UnitMocks() {}

  /** In words of the source. */
  static Set<String> of(String path, SyntaxNode root) {
    String unit = unit(path);
    Set<String> found = new LinkedHashSet<>();
    if (unit.length() < 2) {
      return found;
    }
    for (SyntaxNode node : root.walk()) {
      Call.of(node).ifPresent(call -> addCalls(call, unit, found));
      if (node.is("field_declaration", "formal_parameter") && isMocked(node) && names(node, unit)) {
        found.add(Skips.shortened(node.text()));
      }
    }
    return found;
  }

  private static void addCalls(Call call, String unit, Set<String> found) {
    for (Call.Link link : call.links()) {
      boolean mocks =
          CALLS.contains(link.name())
              || link.words().contains("patch")
              || (link.words().contains("mock") && NODE.contains(link.name()));
      if (mocks && targets(link).stream().anyMatch(argument -> names(argument, unit))) {
        found.add(Skips.shortened(link.name() + "(" + link.arguments().getFirst().text() + ")"));
      }
    }
  }

  /** What is given to a stand-in for its answers does not say what it stands for. */
  private static List<SyntaxNode> targets(Call.Link link) {
    return link.arguments().subList(0, Math.min(1, link.arguments().size()));
  }

  private static boolean isMocked(SyntaxNode field) {
    return field.first("modifiers").stream()
        .flatMap(modifiers -> modifiers.children().stream())
        .anyMatch(mark -> ANNOTATIONS.contains(Outline.annotation(mark)));
  }

  private static boolean names(SyntaxNode node, String unit) {
    for (String word : node.text().split("[^A-Za-z0-9_-]+", -1)) {
      if (plain(word).equals(unit)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The name of what is tested: Shop of ShopTest.java, test_shop.py, shop.test.ts, shop_test.go.
   */
  private static String unit(String path) {
    String file = path.substring(path.lastIndexOf('/') + 1);
    int dot = file.indexOf('.');
    String stem = dot < 0 ? file : file.substring(0, dot);
    return plain(
        stem.replaceAll("(?:^[Tt]ests?_)|(?:(?:_|-)?(?:[Tt]ests?|TestCase|IT|[Ss]pec)$)", ""));
  }

  private static String plain(String word) {
    return word.replaceAll("[_-]", "").toLowerCase(Locale.ROOT);
  }
}
