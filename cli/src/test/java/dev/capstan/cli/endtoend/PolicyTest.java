package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.PolicyChoice;
import dev.capstan.api.PolicyView.ValueView;
import dev.capstan.api.ProjectView;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.ViolationView;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a team asks of its projects holds for their runs, and is told to whoever reads them. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class PolicyTest {
  private final Product product;

  PolicyTest(Product product) {
    this.product = product;
  }

  /** Gives the project of that repository a pack of its own. */
  private void pack(Repository repository, String name, String text) throws IOException {
    Path folder = Files.createDirectories(product.data().resolve("policies"));
    Files.writeString(folder.resolve(name + ".yaml"), text);
    ProjectView project =
        product.client().register(new ProjectView("", repository.path().toString(), 1));
    product.client().choosePolicy(new PolicyChoice(project.id(), name));
  }

  @Test
  void a_run_tells_its_policy_its_confidence_and_what_it_is_made_of() throws IOException {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.policy()).isEqualTo("standard version 1");
    assertThat(run.steps().getFirst().attempts().getFirst().confidence())
        .contains("uncalibrated (0 of 50 outcomes)", "tests 1.00", "history unknown");
    assertThat(Files.readString(Path.of(URI.create(run.pullRequest()))))
        .contains("Policy: standard version 1", "## Confidence");
  }

  @Test
  void an_attempt_is_given_what_the_one_before_did_not_keep() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell(
                    "total",
                    """
                    if grep -q TEST_FAILED /capstan/files/violations.json; then
                      echo 3 and more > src/total.txt
                    else
                      echo 4 > src/total.txt
                    fi
                    """)
                .attempts(2)
                .step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.steps().getFirst().attempts())
        .extracting(AttemptView::state)
        .containsExactly("refused", "judged");
    assertThat(product.client().report(run.id(), "md")).contains("❌ **FAIL** tests");
  }

  @Test
  void a_command_that_fails_twice_alike_is_not_tried_again() {
    RunView run =
        product.carryOut(
            product.repository(), StepDraft.shell("break", "exit 7").attempts(5).step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().attempts()).hasSize(2);
  }

  @Test
  void a_pull_request_larger_than_policy_allows_is_refused() throws IOException {
    Repository repository = product.repository();
    pack(repository, "small", "version: 1\nchangedFiles: 1\nattempts: 1\n");

    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("two", "echo hello you > src/greeting.txt; echo 33 > src/total.txt")
                .step());

    assertThat(run.policy()).isEqualTo("small version 1");
    assertThat(run.status()).isEqualTo("blocked");
    AttemptView attempt = run.steps().getFirst().attempts().getFirst();
    assertThat(attempt.failure()).contains("SCOPE: ", "would change 2 files");
    assertThat(attempt.violations()).extracting(ViolationView::category).containsExactly("LIMIT");
  }

  @Test
  void an_engine_that_policy_does_not_allow_is_refused_before_anything_is_created()
      throws IOException {
    Repository repository = product.repository();
    pack(repository, "agents", "version: 2\nengines: [agent]\n");

    assertThatThrownBy(
            () -> product.start(repository, StepDraft.shell("greet", "echo hello").step()))
        .isInstanceOf(ApiFailure.class)
        .hasMessageContaining("needs the engine command, which policy does not allow")
        .hasMessageContaining("pack agents version 2");
  }

  @Test
  void what_the_base_commit_asks_for_holds_for_its_runs() {
    Repository repository = product.repository();
    repository.write(".capstan/config.yaml", "policy: {approval: always, leastConfidence: 0.2}\n");
    repository.commit("chore: ask a person");

    RunView run =
        product.carryOut(
            repository, StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.steps().getFirst().status()).isEqualTo("needs_qa");
    assertThat(product.eventTypes(run.id())).contains("policy-tightened.v1");
    assertThat(product.client().policy("", repository.path().toString()).values())
        .filteredOn(value -> value.setting().equals("leastConfidence"))
        .extracting(ValueView::value, ValueView::notLoosened)
        .containsExactly(
            org.assertj.core.api.Assertions.tuple(
                "0.8", java.util.List.of(".capstan/config.yaml")));
  }

  @Test
  void an_attempt_cannot_change_the_policy_of_its_own_run() {
    Repository repository = product.repository();
    repository.write(".capstan/config.yaml", "policy: {approval: always}\n");
    repository.commit("chore: ask a person");

    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("loosen", "echo 'policy: {}' > .capstan/config.yaml").step());

    assertThat(run.status()).isEqualTo("blocked");
  }

  @Test
  void a_policy_that_cannot_be_understood_stops_the_run_with_its_line() {
    Repository repository = product.repository();
    repository.write(".capstan/config.yaml", "policy:\n  attempts: none\n");
    repository.commit("chore: break the policy");

    RunView run = product.carryOut(repository, StepDraft.shell("greet", "echo hello").step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.reason()).contains(".capstan/config.yaml, line 2", "policy/attempts");
  }
}
