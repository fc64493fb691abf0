package dev.capstan.verification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Changed.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A change brings a secret or it does not. */
final class SecretsCheckTest {
  private static final String TOKEN = "ghp" + "_4nGq8vT1zRk7Wm2YcXe5HbJs9LdPf3UaZ6oQ";

  @Test
  void a_secret_in_a_new_file_fails_with_its_place_and_without_itself() {
    Finding finding =
        SecretsCheck.of(
            List.of(changed("a.txt", Kind.ADDED)),
            Files.of(),
            Files.of("a.txt", "one\ntwo " + TOKEN + "\n"));
    assertThat(finding.check().verdict()).isEqualTo(Verdict.FAIL);
    assertThat(finding.check().reason()).isEqualTo("1 secret in what the change brings: a.txt:2");
    Violation violation = finding.violations().getFirst();
    assertThat(violation.category()).isEqualTo(Category.SECRET);
    assertThat(violation.detail())
        .startsWith("GitHub token: ghp_… (40 characters); fingerprint ")
        .doesNotContain(TOKEN.substring(6));
  }

  @Test
  void a_secret_that_was_there_before_or_moved_is_not_brought() {
    String text = "token " + TOKEN;
    Finding finding =
        SecretsCheck.of(
            List.of(
                changed("old.txt", Kind.DELETED),
                changed("new.txt", Kind.ADDED),
                changed("same.txt", Kind.MODIFIED)),
            Files.of("old.txt", text, "same.txt", "x"),
            Files.of("new.txt", "\n" + text, "same.txt", "y"));
    assertThat(finding.check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(finding.check().reason()).isEqualTo("3 changed paths, no secret");
  }

  @Test
  void only_the_list_of_the_commit_before_allows_one() {
    List<Changed> changes =
        List.of(changed("a.txt", Kind.ADDED), changed(StandingSecrets.ALLOWED, Kind.MODIFIED));
    String fingerprint = fingerprint();
    String list = "# of our own tests\n" + fingerprint + " # a.txt\n";
    Files before = Files.of(StandingSecrets.ALLOWED, list);
    Files now = Files.of("a.txt", TOKEN, StandingSecrets.ALLOWED, list);
    assertThat(SecretsCheck.of(changes, before, now).check().verdict()).isEqualTo(Verdict.PASS);
    assertThat(
            SecretsCheck.of(changes, Files.of(StandingSecrets.ALLOWED, ""), now).check().verdict())
        .isEqualTo(Verdict.FAIL);
  }

  private static String fingerprint() {
    String detail =
        SecretsCheck.of(List.of(changed("a", Kind.ADDED)), Files.of(), Files.of("a", TOKEN))
            .violations()
            .getFirst()
            .detail();
    return detail.substring(detail.lastIndexOf(' ') + 1);
  }

  @Test
  void the_name_of_a_file_may_be_or_keep_a_secret() {
    assertThat(
            SecretsCheck.of(
                    List.of(changed("x/" + TOKEN, Kind.ADDED), changed("k/id_rsa", Kind.ADDED)),
                    Files.of(),
                    Files.of("x/" + TOKEN, "", "k/id_rsa", ""))
                .violations())
        .hasSize(2);
  }

  @Test
  void what_cannot_be_read_did_not_run() {
    Finding finding =
        SecretsCheck.of(List.of(changed("huge.bin", Kind.ADDED)), Files.of(), Files.of());
    assertThat(finding.check().verdict()).isEqualTo(Verdict.DID_NOT_RUN);
    assertThat(finding.check().reason()).contains("too large to be read: huge.bin");
  }

  private static Changed changed(String path, Kind kind) {
    return new Changed(path, kind, false, false);
  }
}
