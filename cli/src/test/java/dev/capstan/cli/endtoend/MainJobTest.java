package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.api.ArtifactView;
import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.cli.session.ApiFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A goal goes in, a verified pull request comes out. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class MainJobTest {
  private final Product product;

  MainJobTest(Product product) {
    this.product = product;
  }

  @Test
  void one_step_becomes_a_branch_and_a_pull_request_with_evidence() throws IOException {
    Repository repository = product.repository();
    String base = repository.git("rev-parse", "HEAD");

    RunView run =
        product.carryOut(
            repository, StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.baseCommit()).isEqualTo(base);
    assertThat(run.baseBranch()).isEqualTo("main");
    assertThat(run.steps().getFirst().attempts().getFirst().checks())
        .extracting(CheckView::name, CheckView::verdict)
        .contains(tuple("TESTS", "PASS"), tuple("BUILD", "PASS"), tuple("SCOPE", "PASS"));
    String branch = branch(run);
    assertThat(branch).isEqualTo("capstan/change-the-shop-" + run.id());
    assertThat(Repository.git(product.forge(run), "show", branch + ":src/greeting.txt"))
        .isEqualTo("hello you");
    assertThat(Repository.git(product.forge(run), "log", "-1", "--format=%B", branch))
        .isEqualTo(
            """
            feat: do greet

            Because of greet.

            Capstan-Run: %s
            Capstan-Step: greet\
            """
                .formatted(run.id()));
    assertThat(Repository.git(product.forge(run), "rev-parse", branch + "~1")).isEqualTo(base);
    String page = Files.readString(Path.of(URI.create(run.pullRequest())));
    assertThat(page)
        .contains("Change the shop", branch, "main", "PASS", "do greet")
        .doesNotContain("the whole branch: no check was made");
    assertThat(repository.git("status", "--porcelain")).as("the source is left alone").isEmpty();
    assertThat(repository.git("for-each-ref", "--format=%(refname)")).isEqualTo("refs/heads/main");
  }

  @Test
  void what_was_judged_of_the_last_step_only_is_not_told_of_the_whole_branch() throws Exception {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("first", "echo 3 apples > src/total.txt").step(),
            StepDraft.shell("second", "echo hello you > src/greeting.txt").after("first").step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(Files.readString(Path.of(URI.create(run.pullRequest()))))
        .contains("| the whole branch | tests |", "| `second` | scope |")
        .doesNotContain("| the whole branch | scope |");
  }

  @Test
  void steps_side_by_side_are_joined_into_one_branch() {
    Repository repository = product.repository();

    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell("first", "echo 3 apples > src/total.txt").scope("src/total.txt").step(),
            StepDraft.shell("second", "echo hello all > src/greeting.txt")
                .scope("src/greeting.txt")
                .step(),
            StepDraft.shell("third", "cat src/total.txt src/greeting.txt > src/sum.txt")
                .after("first", "second")
                .kind("docs")
                .step());

    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    assertThat(run.steps()).extracting(StepView::status).containsOnly("completed");
    String branch = branch(run);
    assertThat(Repository.git(product.forge(run), "show", branch + ":src/sum.txt"))
        .isEqualTo("3 apples\nhello all");
    assertThat(Repository.git(product.forge(run), "log", "--format=%s", "-3", branch).lines())
        .hasSize(3)
        .startsWith("docs: do third")
        .contains("feat: do first", "feat: do second");
    assertThat(
            Repository.git(
                product.mirror(run),
                "for-each-ref",
                "--format=%(refname)",
                "--contains",
                run.tip()))
        .as("a hidden ref keeps the tip")
        .contains("refs/capstan/" + run.id() + "/third/1/1");
  }

  @Test
  void reports_diff_and_artifacts_tell_what_was_done() {
    RunView run =
        product.carryOut(
            product.repository(),
            StepDraft.shell("greet", "echo 'hello <b>you</b>' > src/greeting.txt; echo printed")
                .step());

    assertThat(product.client().diff(run.id(), ""))
        .contains("-hello\n", "+hello <b>you</b>\n")
        .isEqualTo(product.client().diff(run.id(), "greet"));
    assertThat(product.client().report(run.id(), "md")).contains("Change the shop", "PASS");
    assertThat(product.client().report(run.id(), "html"))
        .startsWith("<!")
        .contains("Change the shop")
        .doesNotContain("<b>you");
    assertThat(product.client().artifacts(run.id()))
        .extracting(ArtifactView::name)
        .contains(
            "baseline.json",
            "change.diff",
            "engine.log",
            "measurement.json",
            "report.md",
            "report.html");
    assertThat(product.printed(run.id())).contains("printed");
  }

  @Test
  void the_baseline_of_a_commit_is_measured_once() {
    Repository repository = product.repository();
    StepDraft step = StepDraft.shell("greet", "echo hello you > src/greeting.txt");

    RunView first = product.carryOut(repository, step.step());
    RunView second = product.carryOut(repository, step.step());

    assertThat(first.status()).isEqualTo("completed");
    assertThat(second.status()).isEqualTo("completed");
    assertThat(product.printed(first.id())).noneMatch(line -> line.contains("measured before"));
    assertThat(product.printed(second.id())).anyMatch(line -> line.contains("measured before"));
    assertThat(second.baseline()).isEqualTo(first.baseline());
    assertThat(second.pullRequest()).isNotEqualTo(first.pullRequest());
  }

  @Test
  void a_base_commit_that_did_not_build_is_measured_again() {
    Repository repository = product.repository();
    repository.write("Makefile", "test:\n\tno-such-program-here\n");
    repository.commit("build: need a program that is not there");
    StepDocument step = StepDraft.shell("greet", "echo hello you > src/greeting.txt").step();

    RunView first = product.carryOut(repository, step);
    RunView second = product.carryOut(repository, step);

    assertThat(first.baseline()).isEqualTo(second.baseline()).doesNotContain("passed");
    assertThat(product.printed(second.id())).noneMatch(line -> line.contains("measured before"));
  }

  @Test
  void creating_a_run_again_under_its_id_answers_the_same_run() throws IOException {
    CreateRun request =
        Product.request(
            Product.newId(),
            product.repository().path().toString(),
            true,
            StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    product.create(request);
    product.create(request);
    RunView run = product.rest(request.id());
    RunView again = product.create(request);

    assertThat(run.status()).isEqualTo("completed");
    assertThat(again).isEqualTo(run);
    assertThat(product.eventTypes(run.id()))
        .filteredOn(type -> type.contains("created"))
        .hasSize(1);
    try (Stream<Path> pages = Files.list(product.pulls(run))) {
      assertThat(pages.filter(page -> page.toString().endsWith(".md"))).hasSize(1);
    }
  }

  @Test
  void another_run_under_the_same_id_is_refused() {
    String id = Product.newId();
    Repository repository = product.repository();
    String source = repository.path().toString();
    product.create(Product.request(id, source, false, StepDraft.shell("one", "true").step()));

    assertThatThrownBy(() ->
            product.create(
                Product.request(id, source, false, StepDraft.shell("two", "true").step())))
        .isInstanceOfSatisfying(
            ApiFailure.class, refused -> assertThat(refused.code()).isEqualTo(ErrorCode.CONFLICT));
  }

  private String branch(RunView run) {
    return Repository.git(product.forge(run), "for-each-ref", "--format=%(refname:short)")
        .lines()
        .filter(name -> name.endsWith(run.id()))
        .findFirst()
        .orElseThrow();
  }
}
