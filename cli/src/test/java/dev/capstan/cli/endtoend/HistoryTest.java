package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.ViolationView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attempt does with git in its clone, and what git hides from whoever judges. */
@Execution(ExecutionMode.CONCURRENT)
@ExtendWith(ProductExtension.class)
class HistoryTest {
  private static final String WORK = "; echo hello you > src/greeting.txt";

  private final Product product;

  HistoryTest(Product product) {
    this.product = product;
  }

  private Repository twoCommits() {
    Repository repository = product.repository();
    repository.write("README.md", "A shop\n");
    repository.commit("docs: say what this is");
    return repository;
  }

  private AttemptView attempt(String script) {
    return product
        .carryOut(twoCommits(), StepDraft.shell("change", script + WORK).step())
        .steps()
        .getFirst()
        .attempts()
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "git commit --quiet --amend -m 'never so'|HEAD",
        "git reset --quiet --soft HEAD~1 && git commit --quiet -m 'one of two'|HEAD",
        "git checkout --quiet --orphan other && git commit --quiet -m 'from nothing'|HEAD",
        "rm -rf .git && git init --quiet && git add . && git -c user.name=x -c user.email=x commit --quiet -m x|HEAD",
        "git replace HEAD $(git commit-tree -m forged HEAD^{tree})|refs/replace/",
        "git update-ref refs/heads/main $(git commit-tree -m forged HEAD^{tree})|refs/heads/main",
        "mkdir -p .git/info; git rev-parse HEAD > .git/info/grafts|.git/info/grafts"
      })
  void a_rewritten_history_is_named_and_refused(String script, String subject) {
    AttemptView attempt = attempt(script);

    assertThat(attempt.violations())
        .extracting(ViolationView::category)
        .isNotEmpty()
        .containsOnly("HISTORY_REWRITTEN");
    assertThat(attempt.violations())
        .anySatisfy(violation -> assertThat(violation.subject()).startsWith(subject));
    assertThat(attempt.failure()).contains("rewrote the history");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo more >> README.md; git commit --quiet -am more; git commit --quiet --amend -m better",
        "git checkout --quiet -b mine; echo more >> README.md; git commit --quiet -am more; git pack-refs --all; git gc --quiet",
        "git branch old HEAD~1; git tag here; echo more >> README.md; git stash --quiet",
        "git checkout --quiet -b side HEAD~1; git checkout --quiet --detach -",
        "rm -rf .git"
      })
  void who_commits_as_usual_is_not_blamed(String script) {
    assertThat(attempt(script).violations()).isEmpty();
  }

  @Test
  void a_submodule_that_is_moved_is_refused() {
    Repository repository = twoCommits();
    repository.git(
        "update-index",
        "--add",
        "--cacheinfo",
        "160000," + repository.git("rev-parse", "HEAD") + ",lib");
    repository.git("commit", "--quiet", "--message", "feat: use a library");

    RunView run =
        product.carryOut(
            repository,
            StepDraft.shell(
                    "move",
                    "git init --quiet lib && cd lib && git -c user.name=x -c user.email=x commit --quiet --allow-empty -m x")
                .step());

    assertThat(run.steps().getFirst().attempts().getFirst().violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("UNEXPECTED_FILE", "lib"));
  }

  @Test
  void a_pointer_of_git_lfs_asks_a_person() {
    Repository repository = product.repository();
    repository.write(
        "data/model.bin",
        "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 12345\n"
            .formatted("4d".repeat(32)));
    repository.commit("feat: bring a model");

    RunView run =
        product.carryOut(
            repository, StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

    assertThat(run.steps().getFirst().status()).isEqualTo("needs_qa");
    assertThat(run.steps().getFirst().attempts().getFirst().checks())
        .filteredOn(check -> check.name().equals("TESTS"))
        .singleElement()
        .satisfies(check -> assertThat(check.verdict()).isEqualTo("NOT_COMPARABLE"))
        .extracting(CheckView::reason)
        .asString()
        .contains("data/model.bin");
  }
}
