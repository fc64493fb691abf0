package dev.capstan.verification.dilution;

import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.dilution.Dilution.Move;
import dev.capstan.verification.dilution.Dilution.Revision;
import dev.capstan.verification.dilution.Dilution.Uncompared;
import dev.capstan.verification.dilution.Dilution.Weakening;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads all files of a change and puts their tests beside each other. */
final class DilutionReader {
  /** Of all files together, in characters. */
  private static final int MOST = 16 << 20;

  private final List<TestFunction> before = new ArrayList<>();
  private final List<TestFunction> now = new ArrayList<>();
  private final List<Weakening> weakenings = new ArrayList<>();
  private final List<Uncompared> uncompared = new ArrayList<>();
  private int read;

  Dilution read(List<Revision> files) {
    files.forEach(this::read);
    List<TestShape> old = shapes(before);
    List<TestShape> fresh = shapes(now);
    TestPairs tests = TestPairs.of(tests(old, true), tests(fresh, true));
    tests.pairs().forEach(pair -> weakenings.addAll(ShapeComparison.of(pair.before(), pair.now())));
    tests.gone().forEach(this::addRemoved);
    TestPairs helpers = TestPairs.of(tests(old, false), tests(fresh, false));
    helpers.pairs().stream()
        .filter(TestPairs.Pair::sameName)
        .forEach(pair -> weakenings.addAll(ShapeComparison.of(pair.before(), pair.now())));
    return new Dilution(weakenings, moves(tests), uncompared);
  }

  private static List<Move> moves(TestPairs tests) {
    return tests.pairs().stream()
        .filter(pair -> !pair.sameName())
        .map(pair -> new Move(pair.before().name(), pair.now().name()))
        .toList();
  }

  private static List<TestShape> shapes(List<TestFunction> functions) {
    ShapeReader reader = new ShapeReader(functions);
    return functions.stream().map(reader::read).toList();
  }

  private static List<TestShape> tests(List<TestShape> shapes, boolean wanted) {
    return shapes.stream()
        .filter(shape -> shape.test() == wanted)
        .filter(shape -> wanted || !shape.assertions().isEmpty())
        .toList();
  }

  private void addRemoved(TestShape test) {
    boolean stillThere = now.stream().anyMatch(other -> other.name().equals(test.name()));
    weakenings.add(
        new Weakening(
            Category.TEST_REMOVED,
            test.name(),
            stillThere
                ? "expected a test, found a function that no tool runs as one"
                : "expected a test, found none of that name nor one like it"));
  }

  private void read(Revision file) {
    Optional<SourceLanguage> language = SourceLanguage.of(file.path());
    if (language.isEmpty()) {
      if (!file.before().isEmpty()) {
        uncompared.add(
            new Uncompared(file.path(), "is in no language whose tests can be compared"));
      }
      return;
    }
    read += file.before().length() + file.now().length();
    if (read > MOST) {
      uncompared.add(new Uncompared(file.path(), "comes after more tests than are compared"));
      return;
    }
    try {
      parse(file, language.get());
    } catch (Unparsed reason) {
      uncompared.add(new Uncompared(file.path(), String.valueOf(reason.getMessage())));
    }
  }

  private void parse(Revision file, SourceLanguage language) throws Unparsed {
    SyntaxNode old = SyntaxTrees.parse(language, file.before());
    SyntaxNode fresh = SyntaxTrees.parse(language, file.now());
    before.addAll(Outline.of(file.path(), language, old));
    now.addAll(Outline.of(file.path(), language, fresh));
    if (!file.before().isEmpty()) {
      addMocks(file.path(), old, fresh);
      addOnly(file.path(), Skips.only(old), Skips.only(fresh));
    }
  }

  private void addOnly(String path, List<String> old, List<String> fresh) {
    if (fresh.size() > old.size()) {
      weakenings.add(
          new Weakening(
              Category.TEST_SKIPPED,
              new TestName(path, List.of(), "(the file)"),
              "expected every test to run, found only some chosen: " + fresh.getLast()));
    }
  }

  private void addMocks(String path, SyntaxNode old, SyntaxNode fresh) {
    Set<String> mocks = UnitMocks.of(path, fresh);
    mocks.removeAll(UnitMocks.of(path, old));
    for (String mock : mocks) {
      weakenings.add(
          new Weakening(
              Category.TEST_WEAKENED,
              new TestName(path, List.of(), "(the file)"),
              "expected the unit that the tests are named after, found a stand-in for it: "
                  + mock));
    }
  }
}
