package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.RunView;
import dev.capstan.server.Failures;
import dev.capstan.server.InvalidSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves an installation that signs. */
class DeliveryTest {
  @TempDir Path folder;

  @Test
  void every_commit_of_the_branch_is_signed_and_the_pull_request_says_so() throws Exception {
    Path key = key("");
    try (Product product = new Product(Map.of("CAPSTAN_SIGN", "ssh:" + key))) {
      RunView run =
          product.carryOut(
              product.repository(),
              StepDraft.shell("first", "echo 3 apples > src/total.txt")
                  .scope("src/total.txt")
                  .step(),
              StepDraft.shell("second", "echo hello all > src/greeting.txt")
                  .scope("src/greeting.txt")
                  .step());

      assertThat(run.status()).as(run.reason()).isEqualTo("completed");
      Path allowed = folder.resolve("allowed");
      String trusted = Files.readString(folder.resolve("key.pub"));
      Files.writeString(allowed, "capstan@localhost " + trusted);
      for (String commit : new String[] {run.tip(), run.tip() + "~1"}) {
        assertThat(
                Repository.git(
                    product.forge(run),
                    "-c",
                    "gpg.ssh.allowedSignersFile=" + allowed,
                    "verify-commit",
                    "-v",
                    commit))
            .contains("Good \"git\" signature");
      }
      assertThat(Files.readString(Path.of(URI.create(run.pullRequest()))))
          .contains("commits are signed");
    }
  }

  @Test
  void reviewers_are_the_owners_of_what_was_changed_as_the_base_commit_names_them()
      throws IOException {
    try (Product product = new Product()) {
      Repository repository = product.repository();
      repository.write(".github/CODEOWNERS", "* @everyone\nsrc/ @shop/source\ncases/ @testers\n");
      repository.commit("docs: say who owns what");

      RunView run =
          product.carryOut(
              repository, StepDraft.shell("greet", "echo hello you > src/greeting.txt").step());

      assertThat(run.status()).as(run.reason()).isEqualTo("completed");
      assertThat(Files.readString(Path.of(URI.create(run.pullRequest()))))
          .contains("reviewers: `@shop/source`", "commits are not signed")
          .contains("CODEOWNERS of the base commit names them: `@shop/source`")
          .doesNotContain("@everyone", "@testers");
    }
  }

  @Test
  void a_large_change_is_delivered_as_a_stack_that_names_its_parts() throws IOException {
    try (Product product = new Product()) {
      Repository repository = product.repository();
      RunView run =
          product.carryOut(
              repository,
              StepDraft.shell("one", "seq 200 > src/one.txt").step(),
              StepDraft.shell("two", "seq 150 > src/two.txt").after("one").step(),
              StepDraft.shell("three", "seq 149 > src/three.txt").after("two").step());

      assertThat(run.status()).as(run.reason()).isEqualTo("completed");
      String branch = "capstan/change-the-shop-" + run.id();
      assertThat(Repository.git(product.forge(run), "for-each-ref", "--format=%(refname:short)"))
          .isEqualTo(branch + "-1\n" + branch + "-2");
      assertThat(Repository.git(product.forge(run), "rev-parse", branch + "-2"))
          .isEqualTo(run.tip());
      assertThat(Repository.git(product.forge(run), "rev-parse", branch + "-2~2"))
          .isEqualTo(Repository.git(product.forge(run), "rev-parse", branch + "-1"));
      assertThat(run.pullRequests()).hasSize(2).endsWith(run.pullRequest());
      assertThat(page(run.pullRequests().getFirst()))
          .contains("Change the shop (1/2)", "into `main`", "Part 1 of a stack of 2")
          .contains("`one`")
          .doesNotContain("`three`", "| the whole branch |");
      assertThat(page(run.pullRequests().getLast()))
          .contains(
              "into `" + branch + "-1`", "`two`", "`three`", "299 changed lines (**this one**)")
          .contains("| the whole branch |")
          .doesNotContain("`one`");
      assertThat(product.client().report(run.id(), "md")).contains(run.pullRequests());
      assertThat(product.client().events(run.id()).toList().getLast().summary())
          .contains(run.pullRequests());
    }
  }

  private static String page(String url) throws IOException {
    return Files.readString(Path.of(URI.create(url)));
  }

  @Test
  void a_locked_key_keeps_the_server_from_starting() throws Exception {
    Path key = key("a passphrase");

    assertThatThrownBy(() -> new Product(Map.of("CAPSTAN_SIGN", "ssh:" + key)))
        .isInstanceOfSatisfying(
            InvalidSetting.class,
            wrong -> assertThat(Failures.code(wrong)).contains(ErrorCode.INVALID))
        .hasMessageContainingAll("CAPSTAN_SIGN", "no commit can be signed", key.toString());
  }

  private Path key(String passphrase) throws IOException, InterruptedException {
    Path key = folder.resolve("key");
    Process made =
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", passphrase, "-f", key + "")
            .inheritIO()
            .start();
    assertThat(made.waitFor()).isZero();
    return key;
  }
}
