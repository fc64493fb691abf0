package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.ViolationView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs that look for secrets, in the sandbox. Scripts stand for them that write what the real
 * ones do: each finds the word {@code cinnamon}, which no scan of ours takes for a secret.
 */
@Tag("slow")
class SecretProgramsTest {
  private static final String GITLEAKS =
      """
      #!/bin/sh
      for word; do case $word in --report-path=*) report=${word#*=};; --source=*) source=${word#*=};; esac; done
      file=$(grep -l cinnamon "$source"/* | head -1)
      if [ -z "$file" ]; then echo '[]' > "$report"; exit; fi
      line=$(grep -n cinnamon "$file" | head -1 | cut -d: -f1)
      cat > "$report" <<END
      [{"Description": "A spice", "StartLine": $line, "EndLine": $line, "StartColumn": 1, "EndColumn": 9,
        "Match": "cinnamon", "Secret": "cinnamon", "File": "$file", "SymlinkFile": "", "Commit": "",
        "Entropy": 2.5, "Author": "", "Email": "", "Date": "", "Message": "", "Tags": [],
        "RuleID": "spice", "Fingerprint": "$file:spice:$line"}]
      END
      """;
  private static final String TRUFFLEHOG =
      """
      #!/bin/sh
      file=$(grep -l cinnamon "$2"/* | head -1)
      [ -z "$file" ] || echo '{"SourceMetadata":{"Data":{"Filesystem":{"file":"'$file'","line":1}}},"SourceName":"trufflehog - filesystem","DetectorName":"Spice","Verified":false,"Raw":"cinnamon","Redacted":""}'
      """;

  @TempDir private Path folder;

  private AttemptView attempt(Map<String, String> programs, String shell) throws IOException {
    for (Map.Entry<String, String> program : programs.entrySet()) {
      Path file = Files.writeString(folder.resolve(program.getKey()), program.getValue());
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    try (Product product = new Product(Map.of("PATH", "/usr/bin:/bin:" + folder))) {
      return product
          .carryOut(product.repository(), StepDraft.shell("change", shell).step())
          .steps()
          .getFirst()
          .attempts()
          .getFirst();
    }
  }

  private static CheckView secrets(AttemptView attempt) {
    return attempt.checks().stream()
        .filter(check -> check.name().equals("SECRETS"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void what_gitleaks_finds_is_a_secret_and_a_line_cannot_allow_itself() throws IOException {
    AttemptView attempt =
        attempt(
            Map.of("gitleaks", GITLEAKS),
            "printf 'hello\\ncinnamon gitleaks:allow\\n' > src/greeting.txt");

    assertThat(secrets(attempt).verdict()).isEqualTo("FAIL");
    assertThat(attempt.violations())
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.category()).isEqualTo("SECRET");
          assertThat(violation.subject()).isEqualTo("src/greeting.txt:2");
          assertThat(violation.detail()).startsWith("spice: ci").doesNotContain("cinnamon");
        });
  }

  @Test
  void what_trufflehog_finds_is_a_secret() throws IOException {
    AttemptView attempt =
        attempt(Map.of("trufflehog", TRUFFLEHOG), "echo hello cinnamon > src/greeting.txt");

    assertThat(attempt.violations())
        .extracting(ViolationView::category, ViolationView::subject)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("SECRET", "src/greeting.txt:1"));
  }

  @Test
  void where_they_find_nothing_the_check_says_who_looked() throws IOException {
    AttemptView attempt =
        attempt(
            Map.of("gitleaks", GITLEAKS, "trufflehog", TRUFFLEHOG),
            "echo hello you > src/greeting.txt");

    assertThat(secrets(attempt).verdict()).isEqualTo("PASS");
    assertThat(secrets(attempt).reason()).endsWith("nor did gitleaks and trufflehog find one");
  }

  @Test
  void one_that_fails_did_not_look() throws IOException {
    AttemptView attempt =
        attempt(Map.of("gitleaks", "#!/bin/sh\nexit 1\n"), "echo hello you > src/greeting.txt");

    assertThat(secrets(attempt).verdict()).isEqualTo("DID_NOT_RUN");
    assertThat(secrets(attempt).reason()).contains("gitleaks").contains("exit code 1");
  }
}
