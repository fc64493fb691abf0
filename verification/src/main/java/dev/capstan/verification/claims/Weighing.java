package dev.capstan.verification.claims;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.frozen.JudgeFiles;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Holds single claims against the facts. */
final class Weighing {
  /** Tests that stand beside the code they test. */
  private static final Pattern TEST_IN_CODE =
      Pattern.compile(
          "#\\[(?:\\w+::)?test|@Test\\b|\\bdef test_|\\bfunc Test|\\b(?:it|test)\\(|>>> ");

  private final Facts facts;

  Weighing(Facts facts) {
    this.facts = facts;
  }

  /** What the facts say of a claim. */
  sealed interface Standing {
    record Agrees() implements Standing {}

    /** Nothing that was measured says so, or otherwise. */
    record Unknown() implements Standing {}

    /** {@code found} goes on after "but". */
    record Contradicted(String found) implements Standing {}
  }

  Standing of(Claim claim) {
    return switch (claim.kind()) {
      case TESTS_PASS -> testsPass();
      case BUILD_WORKS -> buildWorks();
      case LINT_CLEAN -> check(CheckName.ANALYSIS);
      case TESTS_ADDED -> testsAdded();
      case TESTS_UNTOUCHED ->
          tests().findFirst().map(path -> contradicted(path + " is different")).orElse(agrees());
      case ONLY_THESE_FILES -> only(claim.files());
      case FILES_CHANGED -> changed(claim.files());
      case SOMETHING_CHANGED ->
          facts.changes().isEmpty() ? contradicted("no file is different") : new Standing.Unknown();
    };
  }

  private static Standing agrees() {
    return new Standing.Agrees();
  }

  private static Standing contradicted(String found) {
    return new Standing.Contradicted(found);
  }

  private Standing testsPass() {
    List<String> failing =
        facts.measurement().stream()
            .flatMap(measurement -> measurement.tests().stream())
            .filter(Weighing::fails)
            .map(Measurement.TestCase::id)
            .toList();
    if (!failing.isEmpty()) {
      return contradicted(
          failing.size() == 1
              ? failing.getFirst() + " fails"
              : failing.size() + " tests fail, such as " + failing.getFirst());
    }
    return check(CheckName.TESTS);
  }

  private static boolean fails(Measurement.TestCase test) {
    return test.status() == Measurement.Status.FAILED || test.status() == Measurement.Status.ERROR;
  }

  private Standing buildWorks() {
    return facts.measurement().map(Measurement::build).orElse(new Build.NotRun(""))
            instanceof Build.Broken(var reason, _)
        ? contradicted("the build does not work: " + reason)
        : check(CheckName.BUILD);
  }

  private Standing check(CheckName name) {
    Optional<Standing> standing =
        facts.checks().stream()
            .filter(check -> check.name() == name)
            .findFirst()
            .map(check ->
                switch (check.verdict()) {
                  case PASS -> agrees();
                  case FAIL -> contradicted(name + " " + Verdict.FAIL + ": " + check.reason());
                  case DID_NOT_RUN, NOT_COMPARABLE -> new Standing.Unknown();
                });
    return standing.orElse(new Standing.Unknown());
  }

  private Stream<String> tests() {
    return facts.changes().stream()
        .map(Changed::path)
        .filter(path -> JudgeFiles.kindOf(path).filter(JudgeFiles.Kind.TEST::equals).isPresent());
  }

  private Standing testsAdded() {
    if (tests().findAny().isPresent()) {
      return agrees();
    }
    boolean maybeInCode =
        facts.changes().stream()
            .flatMap(change -> facts.now().text(change.path()).stream())
            .anyMatch(text -> TEST_IN_CODE.matcher(text).find());
    return maybeInCode ? new Standing.Unknown() : contradicted("no file of tests is different");
  }

  private Standing only(List<String> named) {
    if (named.isEmpty()) {
      return new Standing.Unknown();
    }
    return facts.changes().stream()
        .map(Changed::path)
        .filter(path -> named.stream().noneMatch(name -> isNamed(path, name)))
        .findFirst()
        .map(path -> contradicted(path + " is different too"))
        .orElse(agrees());
  }

  /** What looks like a file and is none that anybody knows may be a method, a version, a host. */
  private Standing changed(List<String> named) {
    for (String name : named) {
      boolean different = facts.changes().stream().anyMatch(change -> isNamed(change.path(), name));
      boolean known =
          name.contains("/") || facts.before().paths().stream().anyMatch(p -> isNamed(p, name));
      if (!different && (known || facts.changes().isEmpty())) {
        return contradicted(
            facts.changes().isEmpty() ? "no file is different" : name + " is as it was");
      }
      if (!different) {
        return new Standing.Unknown();
      }
    }
    return agrees();
  }

  private static boolean isNamed(String path, String name) {
    return path.equals(name) || path.endsWith('/' + name) || name.endsWith('/' + path);
  }
}
