package dev.capstan.verification.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reports in the form of the tools themselves. */
final class AnalysisReportsTest {
  @Test
  void checkstyle() throws UnreadableReport {
    assertThat(
            read(
                """
                <?xml version="1.0"?><checkstyle version="10">
                <file name="src/A.java"><error line="3" column="1" severity="error" message="Missing" source="x.JavadocCheck"/>
                <error line="9" severity="warning" message="Long" source="x.LineCheck"/></file></checkstyle>
                """))
        .containsExactlyInAnyOrder(
            new ReportedIssue("src/A.java", 3, true, "x.JavadocCheck", "Missing"),
            new ReportedIssue("src/A.java", 9, false, "x.LineCheck", "Long"));
  }

  @Test
  void spotbugs_and_pmd() throws UnreadableReport {
    assertThat(
            read(
                """
                <BugCollection><BugInstance type="NP_ALWAYS_NULL" priority="1" rank="1" category="CORRECTNESS">
                <Class classname="a.B"/><SourceLine classname="a.B" start="7" end="7" sourcefile="B.java" sourcepath="a/B.java"/>
                </BugInstance></BugCollection>
                """))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.path()).isEqualTo("a/B.java");
          assertThat(issue.line()).isEqualTo(7);
          assertThat(issue.type()).isEqualTo("NP_ALWAYS_NULL");
          assertThat(issue.error()).isTrue();
        });
    assertThat(
            read(
                """
                <pmd version="7"><file name="src/A.java">
                <violation beginline="4" endline="4" begincolumn="1" endcolumn="2" rule="EmptyCatch" ruleset="Errors" priority="1">Empty</violation>
                </file></pmd>
                """))
        .extracting(ReportedIssue::path, ReportedIssue::line, ReportedIssue::type)
        .containsExactly(tuple("src/A.java", 4, "EmptyCatch"));
  }

  @Test
  void sarif_and_eslint() throws UnreadableReport {
    assertThat(
            read(
                """
                {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "t"}}, "results": [
                 {"ruleId": "r1", "level": "error", "message": {"text": "Bad"}, "locations": [{"physicalLocation":
                  {"artifactLocation": {"uri": "src/a.c"}, "region": {"startLine": 5}}}]}]}]}
                """))
        .singleElement()
        .satisfies(issue -> {
          assertThat(issue.path()).isEqualTo("src/a.c");
          assertThat(issue.line()).isEqualTo(5);
          assertThat(issue.type()).isEqualTo("r1");
          assertThat(issue.error()).isTrue();
        });
    assertThat(
            read(
                """
                [{"filePath": "/w/a.js", "messages": [
                  {"ruleId": "no-undef", "severity": 2, "message": "'x' is not defined.", "line": 1},
                  {"ruleId": null, "severity": 1, "message": "File ignored"}]}]
                """))
        .containsExactly(
            new ReportedIssue("/w/a.js", 1, true, "no-undef", "'x' is not defined."),
            new ReportedIssue("/w/a.js", 0, false, "", "File ignored"));
  }

  @Test
  void a_report_of_nothing_holds_no_issue() throws UnreadableReport {
    for (String nothing :
        List.of("<checkstyle version=\"10\"></checkstyle>", "<checkstyle version=\"10\"/>", "[]")) {
      assertThat(read(nothing)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "text",
        "<html/>",
        "{}",
        "[1]",
        "<checkstyle><file name=\"a\"><error ",
        "<!DOCTYPE c SYSTEM \"http://localhost:1/x\"><checkstyle></checkstyle>",
        "<!DOCTYPE c [<!ENTITY a \"b\">]><checkstyle></checkstyle>",
        "{\"runs\": [1]}",
        "<pmd>"
      })
  void what_is_no_report_is_said_to_be_none(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(UnreadableReport.class);
  }

  @Test
  void a_report_larger_than_any_tool_writes_is_not_read() {
    String text = "<checkstyle>" + " ".repeat(16 << 20) + "</checkstyle>";
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnreadableReport.class)
        .hasMessage("it is larger than 16 MB");
  }

  private static List<ReportedIssue> read(String text) throws UnreadableReport {
    return AnalysisReports.read(text.getBytes(StandardCharsets.UTF_8));
  }
}
