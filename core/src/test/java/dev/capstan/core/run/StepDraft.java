package dev.capstan.core.run;

import dev.capstan.core.StepId;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Responses;
import dev.capstan.core.evidence.Rules;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.plan.Barrier;
import dev.capstan.core.plan.Patience;
import dev.capstan.core.plan.Scope;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** A step as a test writes it: only what matters to the test is named. */
final class StepDraft {
  private final String id;
  private String kind = "refactor";
  private Scope scope;
  private List<Work> engines = engines("command");
  private Barrier barrier = new Barrier.All(List.of());
  private Patience patience = new Patience.Unlimited();
  private int priority = 0;
  private Expectations expectations = Expectations.DEFAULT;

  private StepDraft(String id) {
    this.id = id;
    this.scope = new Scope(List.of(id + "/**"));
  }

  /** A step whose scope is a folder of its own. */
  static StepDraft step(String id) {
    return new StepDraft(id);
  }

  StepDraft kind(String newKind) {
    kind = newKind;
    return this;
  }

  StepDraft changing(String... globs) {
    scope = new Scope(List.of(globs));
    return this;
  }

  StepDraft by(String... names) {
    engines = engines(names);
    return this;
  }

  StepDraft after(String... steps) {
    barrier = new Barrier.All(ids(steps));
    return this;
  }

  StepDraft afterAtLeast(int needed, String... steps) {
    barrier = new Barrier.AtLeast(needed, ids(steps));
    return this;
  }

  StepDraft waitingAtMost(Duration limit) {
    patience = new Patience.AtMost(limit);
    return this;
  }

  StepDraft priority(int newPriority) {
    priority = newPriority;
    return this;
  }

  StepDraft mayChangeNothing() {
    expectations = expectations(true, expectations.approval());
    return this;
  }

  StepDraft alwaysApproved() {
    expectations = expectations(expectations.mayChangeNothing(), Expectations.Approval.ALWAYS);
    return this;
  }

  StepDraft responding(Map<Violation.Category, Response> toViolations, Response otherwise) {
    Rules usual = Rules.DEFAULT;
    expectations =
        expectations.withRules(
            new Rules(
                usual.protectedPaths(),
                usual.changedLinesCovered(),
                usual.leastConfidence(),
                usual.forbiddenLicences(),
                usual.leftOut(),
                new Responses(toViolations, Map.of(), otherwise),
                usual.largest()));
    return this;
  }

  Step build() {
    return new Step(
        new StepId(id),
        kind,
        "Change " + id,
        "a test wants it",
        scope,
        engines,
        barrier,
        patience,
        priority,
        expectations);
  }

  private static Expectations expectations(boolean nothing, Expectations.Approval approval) {
    return new Expectations(
        Set.of(CheckName.BUILD, CheckName.TESTS, CheckName.SCOPE),
        1,
        10,
        nothing,
        approval,
        List.of(),
        Rules.DEFAULT);
  }

  private static List<Work> engines(String... names) {
    return Stream.of(names)
        .map(name -> new Work(name, List.of("true"), Map.of(), List.of(), Work.DEFAULT_TIME_LIMIT))
        .toList();
  }

  private static List<StepId> ids(String... steps) {
    return Stream.of(steps).map(StepId::new).toList();
  }
}
