package dev.capstan.control;

import static dev.capstan.control.Commands.NOW;
import static dev.capstan.control.Commands.PREPARED;
import static dev.capstan.control.Commands.START;
import static dev.capstan.control.Commands.to;
import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.control.RunService.Request;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Response;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.Refusal;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RunServiceTest {
  private static final RunId RUN = new RunId("one");
  private static final Request REQUEST = new Request(Commands.ANN, "request-7", 0);
  private static final ContentHash HASH = new ContentHash("ab".repeat(32));

  private final MemoryEventStore store = new MemoryEventStore();
  private final CommandLoop loop = new CommandLoop(store, () -> NOW, 1);
  private final RunService service = new RunService(loop, new StoredRuns(store));

  @AfterEach
  void end() {
    loop.close();
  }

  @Test
  void creating_a_run_again_with_the_same_brief_is_accepted() {
    Brief brief = Commands.brief("one", RunPolicy.DEFAULT, "a");

    assertThat(service.create(brief, REQUEST)).isEqualTo(new Reply.Accepted(1));
    assertThat(service.create(brief, REQUEST)).isInstanceOf(Reply.Accepted.class);
    assertThat(store.run(RUN).version()).isEqualTo(1);
  }

  @Test
  void creating_a_run_again_with_another_brief_is_refused() {
    service.create(Commands.brief("one", RunPolicy.DEFAULT, "a"), REQUEST);

    assertThat(service.create(Commands.brief("one", RunPolicy.DEFAULT, "b"), REQUEST))
        .isEqualTo(new Reply.Refused(new Refusal.AlreadyExists(RUN)));
  }

  @Test
  void a_request_says_who_asked_and_with_which_version_in_mind() {
    service.create(Commands.brief("one", RunPolicy.DEFAULT, "a"), REQUEST);

    assertThat(service.start(RUN, new Request(Commands.ANN, "request-8", 7)))
        .isEqualTo(new Reply.Conflict(7, 1));
    assertThat(service.start(RUN, new Request(Commands.ANN, "request-8", 1)))
        .isEqualTo(new Reply.Accepted(2));
    assertThat(store.last().getFirst().entries())
        .allSatisfy(entry -> {
          assertThat(entry.by()).isEqualTo(Commands.ANN);
          assertThat(entry.correlation()).isEqualTo("request-8");
        });
  }

  @Test
  void approval_of_a_run_that_is_planned_is_that_of_its_plan() {
    planned("a");

    service.approve(RUN, Optional.empty(), "good", REQUEST);

    assertThat(events()).contains(new RunEvent.PlanApproved("good"));
  }

  @Test
  void rejection_of_a_run_that_is_planned_ends_it() {
    planned("a");

    service.reject(RUN, Optional.empty(), "bad", REQUEST);

    assertThat(events()).contains(new RunEvent.Cancelled("the plan was rejected: bad"));
  }

  @Test
  void approval_of_a_run_with_one_step_that_waits_is_that_of_the_step() {
    asking("a");

    service.approve(RUN, Optional.empty(), "good", REQUEST);

    assertThat(events()).contains(new RunEvent.QaApproved(new StepId("a"), "good"));
  }

  @Test
  void rejection_of_a_run_with_one_step_that_waits_is_that_of_the_step() {
    asking("a");

    service.reject(RUN, Optional.empty(), "bad", REQUEST);

    assertThat(events())
        .contains(
            new RunEvent.AttemptFailed(
                new StepId("a"),
                1,
                Failure.recoverable("a person rejected it: bad"),
                0,
                new Response.Retry()));
  }

  @Test
  void approval_also_finds_the_step_of_a_run_that_is_paused() {
    asking("a", "b");
    service.pause(RUN, "lunch", REQUEST);
    assertThat(store.run(RUN).run()).isInstanceOf(Run.Paused.class);

    service.approve(RUN, Optional.empty(), "good", REQUEST);

    assertThat(events()).contains(new RunEvent.QaApproved(new StepId("a"), "good"));
  }

  @Test
  void a_step_that_is_named_is_meant_whatever_else_waits() {
    asking("a", "b");
    assertThat(service.approve(RUN, Optional.of(new StepId("b")), "good", REQUEST))
        .isInstanceOfSatisfying(
            Reply.Refused.class,
            refused -> assertThat(refused.refusal()).isInstanceOf(Refusal.StepNotNow.class));
  }

  @Test
  void approval_of_a_branch_that_is_held_is_that_of_the_branch() {
    held();

    service.approve(RUN, Optional.empty(), "good", REQUEST);

    assertThat(events()).contains(new RunEvent.TipApproved("good"));
  }

  private void planned(String... steps) {
    RunPolicy usual = RunPolicy.DEFAULT;
    RunPolicy asked =
        new RunPolicy(
            RunPolicy.PlanApproval.PERSON,
            usual.parallelSteps(),
            usual.retries(),
            usual.retry(),
            usual.failedAttempts(),
            usual.patience(),
            usual.partial(),
            usual.rules());
    measured(asked, steps);
    assertThat(store.run(RUN).run()).isInstanceOf(Run.Planned.class);
  }

  private void measured(RunPolicy policy, String... steps) {
    service.create(Commands.brief("one", policy, steps), REQUEST);
    report(START);
    report(PREPARED);
    report(new RunCommand.ReportBaseline(new Baseline(HASH, "recipe", "12 tests passed")));
  }

  /** Step {@code a} waits for a person, any other is under way. */
  private void asking(String... steps) {
    measured(RunPolicy.DEFAULT, steps);
    report(executed("a"));
    report(verified("a", Verdict.DID_NOT_RUN));
  }

  /** Two changes were merged, and the tests of the branch did not run. */
  private void held() {
    measured(RunPolicy.DEFAULT, "a", "b");
    report(executed("b"));
    report(verified("b", Verdict.PASS));
    report(executed("a"));
    report(verified("a", Verdict.PASS));
    CommitId tip = made("c");
    report(new RunCommand.ReportIntegrated(tip, List.of(new StepId("a")), Map.of()));
    report(new RunCommand.ReportTipVerified(evidence(tip, Verdict.DID_NOT_RUN)));
  }

  private static RunCommand executed(String step) {
    return new RunCommand.ReportExecuted(new StepId(step), 1, made(step), new Change(1, 1, 0));
  }

  private static RunCommand verified(String step, Verdict tests) {
    return new RunCommand.ReportVerified(new StepId(step), 1, evidence(made(step), tests));
  }

  private static CommitId made(String step) {
    return new CommitId((step + '1').repeat(20));
  }

  private static Evidence evidence(CommitId commit, Verdict tests) {
    return new Evidence(
            commit,
            List.of(
                new Check(CheckName.BUILD, Verdict.PASS, "it builds"),
                new Check(CheckName.TESTS, tests, "12 before, 12 after"),
                new Check(CheckName.SECRETS, Verdict.PASS, "no secret"),
                new Check(CheckName.JUDGE, Verdict.PASS, "no file that judges was changed"),
                new Check(CheckName.SCOPE, Verdict.PASS, "every file in scope")),
            List.of(),
            HASH)
        .scored(
            new Confidence.Scored(
                100, 100, List.of(), new Confidence.Calibration.Uncalibrated(0, 50)));
  }

  private void report(RunCommand command) {
    assertThat(loop.handle(to("one", command))).isInstanceOf(Reply.Accepted.class);
  }

  private List<RunEvent> events() {
    return store.last().getFirst().entries().stream().map(EventStore.Entry::event).toList();
  }
}
