package dev.capstan.verification.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HtmlReportTest {
  private static final Pattern TAG = Pattern.compile("<[^>]*>");
  private static final Pattern HIDDEN =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2800\\u3164&&[^\\n]]");

  private final String page = HtmlReport.page(ReportExamples.usual());

  static Stream<String> attacks() {
    return Attacks.ALL.stream();
  }

  @Test
  void page_fetches_and_runs_nothing() {
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("<script", "<link", "<img", "src=", "href=", "url(", "@import");
  }

  @Test
  void every_verdict_has_a_sign_and_a_word() {
    assertThat(page)
        .contains(
            "<span class=\"badge good\">✓ PASS</span>",
            "<span class=\"badge bad\">✗ FAIL</span>",
            "<span class=\"badge open\">≠ NOT COMPARABLE</span>");
  }

  @Test
  void head_gives_status_and_summary() {
    assertThat(page)
        .contains(
            "<h1><bdi>Migrate the tests from JUnit 4 to JUnit 6.</bdi></h1>",
            "✓ completed</span> 2 of 3 steps completed, 1 skipped; 10 of 11 checks pass, 1"
                + " undecided.");
  }

  @Test
  void what_became_of_the_formatting_stands_with_the_checks() {
    assertThat(page).contains("Formatting: ", "formatted 2 of the changed files");
  }

  @Test
  void what_is_absent_is_said() {
    assertThat(HtmlReport.page(ReportExamples.empty()))
        .contains(
            "No goal is recorded",
            "not measured: no baseline is recorded",
            "The plan has no steps.",
            "Nothing was measured.",
            "No attempt was made.",
            "No commands are recorded.");
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void no_text_adds_an_element_or_an_attribute(String attack) {
    List<String> harmless = tags(HtmlReport.page(ReportExamples.everywhere("harmless")));
    assertThat(tags(HtmlReport.page(ReportExamples.everywhere(attack))))
        .allMatch(tag -> harmless.contains(tag) || tag.equals("<br>"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void nothing_is_hidden(String attack) {
    String attacked = HtmlReport.page(ReportExamples.everywhere(attack));
    assertThat(HIDDEN.matcher(attacked).results().map(MatchResult::group).toList()).isEmpty();
  }

  private static List<String> tags(String page) {
    return TAG.matcher(page).results().map(MatchResult::group).toList();
  }
}
