package dev.capstan.verification;

import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Sources;
import dev.capstan.verification.frozen.FrozenTree.Touched;
import dev.capstan.verification.frozen.JudgeFiles.Kind;
import dev.capstan.verification.mutation.SourceClass;
import dev.capstan.verification.mutation.TestedClasses;
import java.util.List;
import java.util.stream.Stream;

/**
 * What mutation testing is asked about a change. It costs more than all other checks together, so
 * it is asked only where a policy requires it, or where its answer may spare a person.
 */
public sealed interface MutationQuestion {
  /** Nothing. */
  record NotAsked(String reason) implements MutationQuestion {}

  /**
   * Which faults the tests find.
   *
   * @param changed classes whose changed lines are asked about
   * @param tested classes that changed tests may test
   * @param complete whether {@code tested} are all of them
   */
  record Asked(List<SourceClass> changed, List<SourceClass> tested, boolean complete)
      implements MutationQuestion {
    public Asked {
      changed = List.copyOf(changed);
      tested = List.copyOf(tested);
    }

    /** The classes to put faults into. */
    public List<SourceClass> classes() {
      return Stream.concat(changed.stream(), tested.stream()).distinct().toList();
    }

    /** Those of them that are there before the change as well. */
    public List<SourceClass> known(Sources before) {
      return classes().stream().filter(one -> before.text(one.path()).isPresent()).toList();
    }
  }

  /** What is to be asked about a change, which its files alone decide. */
  static MutationQuestion of(
      List<Changed> changes, Expectations expectations, Sources before, Sources now) {
    if (expectations.rules().leftOut().contains(CheckName.MUTATION)) {
      return new NotAsked("left out by policy");
    }
    boolean required = expectations.required().contains(CheckName.MUTATION);
    if (!required && expectations.judge().isEmpty()) {
      return new NotAsked("policy does not require it, and the step declares no tests");
    }
    Submission submission =
        new Submission(
            Measurement.NOTHING,
            Measurement.NOTHING,
            changes,
            Scope.EVERYTHING,
            expectations,
            before,
            now);
    JudgeReading reading = JudgeReading.of(submission);
    return required ? required(submission, reading) : declared(submission, reading);
  }

  private static MutationQuestion declared(Submission submission, JudgeReading reading) {
    if (!asksForLess(reading)) {
      return new NotAsked("policy does not require it, and no declared Java test asks for less");
    }
    return asked(submission, List.of(), tested(submission, reading));
  }

  private static MutationQuestion required(Submission submission, JudgeReading reading) {
    List<SourceClass> changed = changed(submission);
    boolean testsToo = changed.isEmpty() || asksForLess(reading);
    return asked(
        submission,
        changed,
        testsToo ? tested(submission, reading) : new TestedClasses(List.of(), true));
  }

  private static MutationQuestion asked(
      Submission submission, List<SourceClass> changed, TestedClasses tested) {
    if (changed.isEmpty() && tested.classes().isEmpty()) {
      return new NotAsked(
          "no Java class was changed, and none was found that changed tests test"
              + OtherMutationTools.inWords(submission.before()));
    }
    if (changed.size() > TestedClasses.MOST) {
      return new NotAsked("more than " + TestedClasses.MOST + " classes were changed");
    }
    return new Asked(changed, tested.classes(), tested.complete());
  }

  /** Declared tests in Java that a person would have to read. */
  private static boolean asksForLess(JudgeReading reading) {
    return Stream.concat(
            reading.weakenings(true).stream().map(weakening -> weakening.test().path()),
            reading.uncompared().stream().map(file -> file.path()).filter(reading::isDeclared))
        .anyMatch(path -> path.endsWith(".java"));
  }

  private static List<SourceClass> changed(Submission submission) {
    return submission.changes().stream()
        .filter(
            change -> change.kind() == Changed.Kind.ADDED || change.kind() == Changed.Kind.MODIFIED)
        .map(Changed::path)
        .filter(SourceClass::isMainCode)
        .flatMap(path ->
            submission.now().text(path).flatMap(text -> SourceClass.of(path, text)).stream())
        .toList();
  }

  /** Of the tests as they were: what they did not test before they can't test less now. */
  private static TestedClasses tested(Submission submission, JudgeReading reading) {
    List<String> tests =
        reading.tree().changed().stream()
            .filter(file -> file.kind() == Kind.TEST && file.existed())
            .map(Touched::path)
            .filter(path -> path.endsWith(".java"))
            .toList();
    return TestedClasses.of(tests, submission.before().paths(), submission.before()::text);
  }
}
