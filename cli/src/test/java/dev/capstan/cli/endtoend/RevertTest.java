package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.api.Action;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.RevertRun;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.api.RunView.ViolationView;
import dev.capstan.cli.session.ApiFailure;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What was delivered and merged is taken back by a run of its own. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class RevertTest {
  private final Product product;

  RevertTest(Product product) {
    this.product = product;
  }

  @Test
  void a_merged_change_is_taken_back_although_main_has_moved_on() {
    Repository repository = product.repository();
    RunView run = delivered(repository);
    merge(repository, run, "--no-ff", "--no-edit");
    repository.write("src/later.txt", "later\n");
    repository.commit("feat: go on");

    RunView reverted = revert(run);

    assertThat(reverted.status()).as(reverted.reason()).isEqualTo("completed");
    assertThat(reverted.goal()).isEqualTo("Revert \"Change the shop\"");
    StepView step = reverted.steps().getFirst();
    assertThat(step.kind()).isEqualTo("revert");
    assertThat(step.scope()).containsExactly("src/extra.txt", "src/greeting.txt");
    assertThat(in(reverted, "show", reverted.tip() + ":src/greeting.txt")).isEqualTo("hello");
    assertThat(in(reverted, "ls-tree", "--name-only", reverted.tip(), "src/"))
        .isEqualTo("src/greeting.txt\nsrc/later.txt\nsrc/total.txt");
    assertThat(in(reverted, "log", "-1", "--format=%B", reverted.tip()))
        .startsWith("revert: Revert \"Change the shop\"")
        .contains("run " + run.id(), "This reverts commit " + run.tip(), "This reverts commit");
    assertThat(Duration.between(reverted.createdAt(), reverted.updatedAt()))
        .as("a rollback of a small project")
        .isLessThan(Duration.ofSeconds(60));
  }

  @Test
  void a_change_that_was_squashed_into_one_commit_is_found_and_taken_back() {
    Repository repository = product.repository();
    RunView run = delivered(repository);
    repository.write("src/before.txt", "before\n");
    repository.commit("feat: something else");
    repository.git("fetch", "--quiet", product.forge(run).toString(), run.tip());
    repository.git("merge", "--quiet", "--squash", "FETCH_HEAD");
    String squashed = repository.commit("feat: all of it");

    RunView reverted = revert(run);

    assertThat(reverted.status()).as(reverted.reason()).isEqualTo("completed");
    assertThat(reverted.steps().getFirst().attempts().getFirst().engine())
        .endsWith("revert --no-commit " + squashed);
    assertThat(in(reverted, "show", reverted.tip() + ":src/greeting.txt")).isEqualTo("hello");
  }

  @Test
  void a_change_that_was_rebased_is_found_and_taken_back() {
    Repository repository = product.repository();
    RunView run = delivered(repository);
    repository.write("src/before.txt", "before\n");
    repository.commit("feat: something else");
    repository.git("fetch", "--quiet", product.forge(run).toString(), run.tip());
    repository.git("cherry-pick", run.baseCommit() + ".." + run.tip());

    RunView reverted = revert(run);

    assertThat(reverted.status()).as(reverted.reason()).isEqualTo("completed");
    assertThat(reverted.steps().getFirst().attempts().getFirst().engine())
        .endsWith(
            repository.git("rev-parse", "HEAD") + " " + repository.git("rev-parse", "HEAD~1"));
  }

  @Test
  void a_change_that_is_not_in_main_is_not_taken_back() {
    RunView run = delivered(product.repository());

    assertThatThrownBy(() -> revert(run))
        .isInstanceOfSatisfying(
            ApiFailure.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT))
        .hasMessageContaining("is not in main of ")
        .hasMessageContaining("close its pull request");
  }

  @Test
  void a_run_that_delivered_nothing_cannot_be_taken_back() {
    RunView idle =
        product.carryOut(
            product.repository(), StepDraft.of("idle", "true").allowedToChangeNothing().step());

    assertThatThrownBy(() -> revert(idle))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("has delivered nothing that could be taken back");
    assertThatThrownBy(() -> product.client().revert("nobody", new RevertRun("new", true)))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("there is no run nobody");
  }

  @Test
  void a_conflict_is_a_failed_attempt_that_names_the_path() {
    Repository repository = product.repository();
    RunView run = delivered(repository);
    merge(repository, run, "--ff-only");
    repository.write("src/greeting.txt", "hello to everybody\n");
    repository.commit("feat: greet everybody");

    RunView reverted = revert(run);

    assertThat(reverted.status()).isEqualTo("blocked");
    AttemptView attempt = reverted.steps().getFirst().attempts().getFirst();
    assertThat(attempt.failure())
        .isEqualTo("git ended with exit code 1; git found conflicts in src/greeting.txt");
    assertThat(attempt.violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(tuple("CONFLICT", "src/greeting.txt"));
  }

  @Test
  void taking_back_tests_with_their_code_is_for_a_person_to_approve() {
    Repository repository = node();
    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell(
                    "double",
                    "echo 'exports.twice = (n) => 2 * n;' > src/twice.js;"
                        + " sed 's/total/twice/g; s/, 3/, 6/' test/total.test.js > test/twice.test.js")
                .judge("test/**")
                .step());
    while (run.status().equals("blocked") && run.needs().toString().contains("capstan approve")) {
      product.act(run.id(), Action.APPROVE, "double", "new tests");
      run = product.rest(run.id());
    }
    assertThat(run.status()).as(run.reason() + run.steps()).isEqualTo("completed");
    merge(repository, run, "--ff-only");

    RunView asked = revert(run);

    assertThat(asked.status()).as(asked.steps().toString()).isEqualTo("blocked");
    assertThat(asked.needs()).contains("capstan approve " + asked.id() + " revert");
    product.act(asked.id(), Action.APPROVE, "revert", "the tests go with the code");
    RunView rested = product.rest(asked.id());
    assertThat(rested.status()).as(rested.needs().toString()).isEqualTo("completed");
    assertThat(in(rested, "ls-tree", "-r", "--name-only", rested.tip()))
        .contains("test/total.test.js")
        .doesNotContain("twice");
  }

  private Repository node() {
    Repository repository = Repository.empty(product.newFolder("node"));
    repository.write(
        "package.json", "{\"name\": \"shop\", \"scripts\": {\"test\": \"node --test test/\"}}\n");
    repository.write("src/total.js", "exports.total = (n) => n;\n");
    repository.write(
        "test/total.test.js",
        """
        const test = require('node:test');
        const assert = require('node:assert');
        const { total } = require('../src/total');
        test('total is right', () => assert.strictEqual(total(3), 3));
        """);
    repository.commit("feat: open the shop");
    return repository;
  }

  @Test
  void asking_twice_under_one_id_is_one_run() {
    Repository repository = product.repository();
    RunView run = delivered(repository);
    merge(repository, run, "--ff-only");
    RevertRun request = new RevertRun(Product.newId(), true);

    product.client().revert(run.id(), request);
    RunView again = product.client().revert(run.id(), request);

    assertThat(again.id()).isEqualTo(request.id());
    assertThat(product.rest(again.id()).status()).isEqualTo("completed");
    assertThat(product.client().revert(run.id(), request).status()).isEqualTo("completed");
  }

  private RunView delivered(Repository repository) {
    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").step(),
            StepDraft.shell("more", "echo extra > src/extra.txt").after("greet").step());
    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    return run;
  }

  private void merge(Repository repository, RunView run, String... how) {
    repository.git("fetch", "--quiet", product.forge(run).toString(), run.tip());
    String[] arguments = new String[how.length + 2];
    arguments[0] = "merge";
    System.arraycopy(how, 0, arguments, 1, how.length);
    arguments[how.length + 1] = "FETCH_HEAD";
    repository.git(arguments);
  }

  private RunView revert(RunView run) {
    String id = Product.newId();
    product.client().revert(run.id(), new RevertRun(id, true));
    return product.rest(id);
  }

  private String in(RunView run, String... arguments) {
    return Repository.git(product.forge(run), arguments);
  }
}
