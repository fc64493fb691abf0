package dev.capstan.verify.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  private final String body = MarkdownReport.pullRequestBody(ReportExamples.usual());
  private final String report = MarkdownReport.report(ReportExamples.usual());

  @Test
  void body_starts_with_the_figures() {
    assertThat(body.lines().findFirst())
        .hasValue(
            "**2 of 3 steps completed, 1 skipped** · **10 of 11 checks pass, 1 undecided**"
                + " · +710 −700 lines · 3 attempts, 1 failed · 4 min 12 s");
  }

  @Test
  void sections_follow_in_the_order_a_reviewer_asks() {
    assertThat(headings(body))
        .containsExactly(
            "## What was asked",
            "## What was done",
            "## Evidence",
            "## What was not checked",
            "## How to check it by hand");
    assertThat(headings(report))
        .containsExactly(
            "# Run `r-20261121-7f3a`",
            "## What was asked",
            "## What was done",
            "## Evidence",
            "## What was not checked",
            "## Attempts",
            "### `migrate-tests` Move test classes to org.junit.jupiter",
            "### `remove-vintage` Remove the vintage engine",
            "### `update-docs` Update CONTRIBUTING.md",
            "## How to check it by hand");
  }

  private static List<String> headings(String markdown) {
    return markdown.lines().filter(line -> line.startsWith("#")).toList();
  }
}
