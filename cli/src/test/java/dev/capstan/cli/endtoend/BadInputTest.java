package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.ApiFailure;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What cannot be carried out is refused with what is wrong, and where. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class BadInputTest {
  private static final StepDocument GREET =
      StepDraft.shell("greet", "echo hello you > src/greeting.txt").step();

  private final Product product;

  BadInputTest(Product product) {
    this.product = product;
  }

  @Test
  void a_folder_without_a_repository() {
    Path folder = product.newFolder("plain");

    RunView run = unprepared(folder.toString(), "");

    assertThat(run.reason()).contains(folder.toString(), "not a git repository");
  }

  @Test
  void a_folder_that_is_not_there() {
    Path folder = product.newFolder("gone").resolve("nothing");

    assertThat(unprepared(folder.toString(), "").reason()).contains("there is no folder " + folder);
  }

  @Test
  void a_source_that_git_would_take_for_a_command() {
    Path marker = product.newFolder("marker").resolve("touched");

    for (String source :
        List.of("ext::sh -c touch% " + marker, "--upload-pack=touch " + marker, "ext::" + marker)) {
      RunView run = unprepared(source, "");
      assertThat(run.reason()).isNotEmpty();
    }
    assertThat(marker).doesNotExist();
  }

  @Test
  void an_unknown_branch() {
    assertThat(unprepared(product.repository().path().toString(), "no-such-branch").reason())
        .contains("no-such-branch");
  }

  @Test
  void an_empty_repository() {
    Repository repository = Repository.empty(product.newFolder("empty"));

    assertThat(unprepared(repository.path().toString(), "").reason())
        .contains("is empty; make a first commit");
  }

  @Test
  void a_detached_head_is_a_base_like_any_other() {
    Repository repository = product.repository();
    repository.git("checkout", "--quiet", "--detach");
    repository.write("src/total.txt", "33\n");
    String head = repository.commit("feat: on no branch");

    RunView run = product.carryOut(repository, GREET);

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.baseCommit()).isEqualTo(head);
  }

  @Test
  void a_shallow_clone_is_a_repository_like_any_other() {
    Repository whole = product.repository();
    whole.write("src/total.txt", "33\n");
    whole.commit("feat: more");
    Path shallow = product.newFolder("shallow");
    whole.git("clone", "--quiet", "--depth=1", "file://" + whole.path(), shallow.toString());

    RunView run = product.carryOut(new Repository(shallow), GREET);

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
  }

  @Test
  void a_repository_that_nothing_says_how_to_test() {
    Repository repository = Repository.empty(product.newFolder("bare"));
    repository.write("notes.txt", "text\n");
    repository.commit("docs: write");

    RunView run = product.carryOut(repository, GREET);

    assertThat(run.status()).isIn("blocked", "failed");
    assertThat(run.reason()).contains("Makefile", ".capstan/config.yaml");
  }

  @Test
  void a_broken_configuration() {
    Repository repository = product.repository();
    repository.write(".capstan/config.yaml", "toolchain:\n  mesure: [[make]]\n");
    repository.commit("build: configure");

    RunView run = product.carryOut(repository, GREET);

    assertThat(run.status()).isIn("blocked", "failed");
    assertThat(run.reason()).contains(".capstan/config.yaml", "mesure", "2");
  }

  @Test
  @Tag("slow")
  void tests_that_never_end_are_ended_at_the_limit_of_the_configuration() {
    Repository repository = product.repository();
    repository.write(
        ".capstan/config.yaml",
        """
        toolchain:
          measure:
            - run: [make, -s, test]
              limit_minutes: 1
              output: stdout.tap
        """);
    repository.commit("build: limit the tests");
    String mark = Processes.newMark();

    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("hang", "echo sleep " + mark + " >> cases/total.sh").step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().attempts().getFirst().asked())
        .anyMatch(reason -> reason.contains("60 s"));
    assertThat(Processes.sleeping(mark)).isEmpty();
  }

  @Test
  void plans_that_no_run_could_carry_out() {
    refused(
        "one", plan(step("one").after("two"), step("two").after("one")), "wait for one another: ");
    refused("unknown", plan(step("one").after("other")), "other");
    refused("twice", plan(step("one"), step("one")), "one");
    refused("none", new PlanDocument(List.of()), "step");
    refused("outside", plan(step("one").scope("../elsewhere/**")), "../elsewhere");
    refused("absolute", plan(step("one").scope("/etc/**")), "/etc");
    refused("git", plan(step("one").scope(".git/**")), ".git");
    refused("id", plan(step("One Two")), "One Two");
    refused("command", new PlanDocument(List.of(StepDraft.of("one").step())), "command");
  }

  private void refused(String what, PlanDocument plan, String... oneOf) {
    Path source = product.newFolder("plan");
    CreateRun request =
        new CreateRun(
            Product.newId(), source.toString(), "", "Change " + what, "", plan, false, 0, true);
    assertInvalid(() -> product.client().check(plan), oneOf);
    assertInvalid(() -> product.create(request), oneOf);
    assertThatThrownBy(() -> product.client().run(request.id())).hasMessageContaining("no run");
  }

  private static void assertInvalid(ThrowingCallable call, String... oneOf) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ApiFailure.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID))
        .satisfies(refused ->
            assertThat(List.of(oneOf))
                .anyMatch(word -> String.valueOf(refused.getMessage()).contains(word)));
  }

  private static StepDraft step(String id) {
    return StepDraft.of(id, "true");
  }

  private static PlanDocument plan(StepDraft... steps) {
    return new PlanDocument(List.of(steps).stream().map(StepDraft::step).toList());
  }

  @Test
  void a_program_that_is_not_there() {
    RunView run =
        product.carryOut(
            product.repository(), StepDraft.of("call", "no-such-program", "--now").step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().attempts().getFirst().failure()).contains("no-such-program");
  }

  @Test
  void a_change_of_more_than_fifty_megabytes() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("fill", "head -c 60000000 /dev/zero > large.bin").step());

    assertThat(run.status()).isEqualTo("blocked");
    assertThat(run.steps().getFirst().attempts().getFirst().failure())
        .contains("the change holds 60 MB", "more than 50 MB", ".gitignore");
  }

  @Test
  void goals_that_are_none() {
    Repository repository = product.repository();
    for (String goal : List.of("", "  \n", "x".repeat(2_001))) {
      assertInvalid(() -> product.create(withGoal(repository, goal)), "1 to 2000 characters");
    }
  }

  @Test
  void an_absurd_goal_becomes_a_harmless_branch() {
    CreateRun request =
        withGoal(
            product.repository(),
            "../../$(touch x) `id` \033[2J\r\n# Title\n<script>alert(1)</script> --force ~^:?*[ \u202e"
                + "…é".repeat(300));

    product.create(request);
    RunView run = product.rest(request.id());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(Repository.git(product.forge(run), "for-each-ref", "--format=%(refname)"))
        .matches("refs/heads/capstan/[a-z0-9-]+");
    assertThat(product.client().report(run.id(), "html")).doesNotContain("<script>");
    assertThat(product.client().report(run.id(), "md")).doesNotContain("\033", "\n# Title");
  }

  private static CreateRun withGoal(Repository repository, String goal) {
    return new CreateRun(
        Product.newId(),
        repository.path().toString(),
        "",
        goal,
        "",
        new PlanDocument(List.of(GREET)),
        false,
        0,
        true);
  }

  /** Creates a run that ends, or blocks, before anything is measured. */
  private RunView unprepared(String source, String base) {
    CreateRun request =
        new CreateRun(
            Product.newId(),
            source,
            "",
            "Change it",
            base,
            new PlanDocument(List.of(GREET)),
            false,
            0,
            true);
    product.create(request);
    RunView run = product.rest(request.id());
    assertThat(run.status()).isIn("blocked", "failed");
    assertThat(run.baseCommit()).isEmpty();
    return run;
  }
}
