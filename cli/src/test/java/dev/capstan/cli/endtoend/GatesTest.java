package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.api.Action;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.api.RunView.ViolationView;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Only what was measured opens a gate. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class GatesTest {
  private final Product product;

  GatesTest(Product product) {
    this.product = product;
  }

  @Test
  void a_change_that_breaks_a_case_is_blocked_after_its_retries() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("break", "echo 4 > src/total.txt").attempts(2).step());

    assertThat(run.status()).isEqualTo("blocked");
    StepView step = run.steps().getFirst();
    assertThat(step.status()).isEqualTo("blocked");
    assertThat(step.attempts()).hasSize(2);
    for (AttemptView attempt : step.attempts()) {
      assertThat(attempt.failure()).startsWith("TESTS: ");
      assertThat(attempt.violations())
          .extracting(ViolationView::category)
          .containsExactly("TEST_FAILED");
      assertThat(attempt.violations().getFirst().subject()).contains("total");
    }
    assertThat(run.needs())
        .contains("capstan retry " + run.id() + " break", "capstan skip " + run.id() + " break");
    assertThat(product.printed(run.id()))
        .anyMatch(line -> line.contains("again in the same sandbox"));
    assertThat(product.forge(run)).doesNotExist();
  }

  @Test
  void a_change_that_deletes_a_case_is_refused() {
    AttemptView attempt = onlyAttempt("rm cases/total.sh");

    assertThat(attempt.failure()).startsWith("TESTS: ");
    assertThat(attempt.violations())
        .extracting(ViolationView::category)
        .containsExactly("TEST_REMOVED");
    assertThat(attempt.violations().getFirst().subject()).contains("total");
  }

  @Test
  void a_change_that_skips_a_case_is_refused() {
    AttemptView attempt = onlyAttempt("echo echo skip it > cases/total.sh");

    assertThat(attempt.failure()).startsWith("TESTS: ");
    assertThat(attempt.violations())
        .extracting(ViolationView::category)
        .containsExactly("TEST_SKIPPED");
  }

  @Test
  void a_change_outside_the_scope_is_refused() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("stray", "echo hello you > src/greeting.txt; echo x > other.txt")
                .scope("src/")
                .step());

    AttemptView attempt = run.steps().getFirst().attempts().getFirst();
    assertThat(run.status()).isEqualTo("blocked");
    assertThat(attempt.failure()).startsWith("SCOPE: ");
    assertThat(attempt.violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(tuple("UNEXPECTED_FILE", "other.txt"));
  }

  @Test
  void a_change_that_brings_a_secret_is_refused_and_the_secret_is_not_told() {
    String secret = "4nGq8vT1zRk7Wm2YcXe5HbJs9LdPf3UaZ6oQ";
    AttemptView attempt = onlyAttempt("printf 'ghp_%s' " + secret + " > src/settings.txt");

    assertThat(attempt.failure()).startsWith("SECRETS: ").doesNotContain(secret);
    assertThat(attempt.violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(tuple("SECRET", "src/settings.txt:1"));
    assertThat(attempt.violations().getFirst().detail()).doesNotContain(secret);
  }

  @Test
  void a_change_that_adds_a_binary_file_or_touches_an_opted_out_one_is_refused() {
    AttemptView binary = onlyAttempt("head -c 64 /dev/zero > src/blob.bin");
    assertThat(binary.violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(tuple("BINARY_FILE", "src/blob.bin"));

    Repository repository = product.repository();
    repository.write(".capstanignore", "kept/\n");
    repository.write("kept/note.txt", "by hand\n");
    repository.commit("docs: keep a note");
    RunView run =
        product.carryOut(
            repository, StepDraft.shell("note", "echo by machine > kept/note.txt").step());
    assertThat(run.steps().getFirst().attempts().getFirst().violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(tuple("PROTECTED_FILE", "kept/note.txt"));
  }

  @Test
  void a_failing_case_counts_although_the_command_ends_well() {
    Repository repository = product.repository();
    repository.write(
        "suite.sh", repository.read("suite.sh") + "exit 0 # whatever the cases have said\n");
    repository.commit("test: never fail");

    RunView run =
        product.carryOut(repository, StepDraft.shell("break", "echo 4 > src/total.txt").step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().attempts().getFirst().failure())
        .startsWith("TESTS: ")
        .contains("fails now: total");
  }

  @Test
  void a_case_that_fails_on_the_base_commit_too_blocks_nobody() {
    Repository repository = product.repository();
    repository.write("cases/broken.sh", "exit 1\n");
    repository.commit("test: fail");

    RunView run =
        product.carryOut(
            repository, StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
  }

  @Test
  void a_case_that_fails_now_and_then_on_the_base_commit_is_measured_there_again() {
    Repository repository = product.repository();
    repository.write("cases/flaky.sh", "test $(($(date +%s%N) / 1000 % 2)) = 0\n");
    repository.commit("test: fail now and then");

    RunView run =
        product.carryOut(
            repository, StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.status()).isIn("completed", "blocked");
    assertThat(run.steps().getFirst().attempts().getFirst().violations())
        .extracting(ViolationView::subject)
        .allMatch(subject -> subject.contains("flaky"));
  }

  @Test
  void a_forged_report_among_the_changed_files_passes_nothing() {
    AttemptView attempt =
        onlyAttempt(
            """
            echo 4 > src/total.txt
            mkdir -p test-results/deep
            for place in junit.xml TEST-shop.xml test-results/deep/all.xml; do
              echo '<testsuite name="s" tests="1"><testcase classname="c" name="total"/></testsuite>' > $place
            done
            """);

    assertThat(attempt.failure()).startsWith("TESTS: ");
    assertThat(attempt.violations())
        .extracting(ViolationView::category)
        .containsExactly("TEST_FAILED");
  }

  @Test
  void the_next_command_follows_one_that_failed() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("greet", "exit 9").orElse("echo hello you > src/greeting.txt").step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.steps().getFirst().attempts())
        .extracting(AttemptView::state, AttemptView::failure)
        .containsExactly(tuple("failed", "sh ended with exit code 9"), tuple("judged", ""));
  }

  @Test
  void without_any_case_a_person_is_asked_and_their_word_stands_in_the_pull_request()
      throws IOException {
    RunView asked =
        product.carryOut(
            untested(), StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    StepView step = asked.steps().getFirst();
    assertThat(step.status()).isEqualTo("needs_qa");
    assertThat(verdict(step.attempts().getFirst(), "TESTS")).isEqualTo("DID_NOT_RUN");
    assertThat(asked.needs()).contains("capstan approve " + asked.id() + " greet");

    product.act(asked.id(), Action.APPROVE, "greet", "I read every line of it");
    RunView run = product.rest(asked.id());
    while (run.status().equals("blocked") && run.needs().contains("capstan approve " + run.id())) {
      product.act(run.id(), Action.APPROVE, "", "the branch is the step");
      run = product.rest(run.id());
    }

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(Files.readString(Path.of(URI.create(run.pullRequest()))))
        .contains("approved by a person: I read every line of it", "DID NOT RUN");
  }

  @Test
  void what_a_person_rejects_is_tried_again() {
    RunView asked =
        product.carryOut(
            untested(),
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").attempts(2).step());

    product.act(asked.id(), Action.REJECT, "greet", "not like this");
    RunView again = product.await(asked.id(), run -> run.steps().getFirst().attempts().size() == 2);
    RunView rested = product.rest(again.id());

    assertThat(rested.steps().getFirst().status()).isEqualTo("needs_qa");
    assertThat(product.client().events(rested.id()).toList())
        .anyMatch(event -> event.data().contains("not like this"));
  }

  @Test
  void a_blocked_step_may_be_retried_or_skipped() {
    Repository repository = product.repository();
    RunView blocked =
        product.carryOut(
            repository,
            StepDraft.shell("break", "echo 4 > src/total.txt").step(),
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").after("break").step());
    assertThat(blocked.status()).isEqualTo("blocked");

    product.act(blocked.id(), Action.RETRY, "break", "");
    RunView again =
        product.await(blocked.id(), run -> run.steps().getFirst().attempts().size() == 2);
    assertThat(product.rest(again.id()).status()).isEqualTo("blocked");

    product.act(blocked.id(), Action.SKIP, "break", "we do without");
    RunView run = product.rest(blocked.id());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.steps()).extracting(StepView::status).containsExactly("skipped", "completed");
    assertThat(product.client().diff(run.id(), "")).contains("hello you").doesNotContain("total");
  }

  @Test
  void a_command_that_changes_nothing_has_failed_unless_it_may() {
    RunView run = product.carryOut(product.repository(), StepDraft.of("idle", "true").step());
    RunView allowed =
        product.carryOut(
            product.repository(), StepDraft.of("idle", "true").allowedToChangeNothing().step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(allowed.status()).isEqualTo("completed");
    assertThat(allowed.pullRequest()).isEmpty();
    assertThat(allowed.reason()).contains("nothing to deliver");
  }

  private Repository untested() {
    Repository repository = product.repository();
    repository.git("rm", "--quiet", "-r", "cases");
    repository.commit("test: have none");
    return repository;
  }

  private AttemptView onlyAttempt(String line) {
    RunView run = product.carryOut(product.repository(), StepDraft.shell("change", line).step());
    assertThat(run.status()).isEqualTo("blocked");
    return run.steps().getFirst().attempts().getFirst();
  }

  private static String verdict(AttemptView attempt, String check) {
    return attempt.checks().stream()
        .filter(c -> c.name().equals(check))
        .map(CheckView::verdict)
        .findFirst()
        .orElse("no such check among " + attempt.checks() + attempt.failure());
  }
}
