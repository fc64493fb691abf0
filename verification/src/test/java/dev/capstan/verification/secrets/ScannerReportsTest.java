package dev.capstan.verification.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScannerReportsTest {
  @Test
  void findings_of_gitleaks_are_read() {
    String report =
        """
        [{"Description": "Some key", "StartLine": 4, "EndLine": 4, "StartColumn": 2, "EndColumn": 9,
          "Match": "key = abc", "Secret": "abc", "File": "/x/1.js", "SymlinkFile": "", "Commit": "",
          "Entropy": 3.1, "Tags": [], "RuleID": "generic-api-key", "Fingerprint": "/x/1.js:4"},
         {"Secret": "", "File": "/x/2.js"}]
        """;

    assertThat(ScannerReports.gitleaks(report))
        .contains(List.of(new ReportedSecret("/x/1.js", 4, "generic-api-key", "abc")));
    assertThat(ScannerReports.gitleaks("[]")).contains(List.of());
  }

  @Test
  void findings_of_trufflehog_are_read() {
    String line =
        """
        {"SourceMetadata":{"Data":{"Filesystem":{"file":"/x/1.js","line":7}}},"DetectorName":"URI",
        "Verified":false,"Raw":"abc"}
        """
            .replace("\n", "");

    assertThat(ScannerReports.trufflehog(List.of(line, "")))
        .contains(List.of(new ReportedSecret("/x/1.js", 7, "URI", "abc")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[", "null", "7", "text"})
  void what_is_no_report_is_not_taken_for_an_empty_one(String text) {
    assertThat(ScannerReports.gitleaks(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{", "7", "a panic"})
  void a_line_that_is_no_finding_is_not_passed_over(String line) {
    assertThat(ScannerReports.trufflehog(List.of(line))).isEmpty();
  }

  @Test
  void what_is_told_of_a_finding_hides_its_value() {
    ReportedSecret secret = new ReportedSecret("a", 1, "r", "a long secret value");

    assertThat(secret.toString()).doesNotContain("secret value");
    assertThat(secret.leak().shown()).isEqualTo("a lo… (19 characters)");
  }
}
