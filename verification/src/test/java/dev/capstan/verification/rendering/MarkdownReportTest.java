package dev.capstan.verification.rendering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownReportTest {
  private final String body =
      MarkdownReport.pullRequestBody(ReportExamples.usual(), Handover.PLAIN);
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

  @Test
  void evidence_names_step_check_verdict_and_figures() {
    assertThat(body)
        .contains(
            "| Step | Check | Verdict | Reason |\n| --- | --- | --- | --- |\n",
            "| the whole branch | coverage | ✅ PASS | 81.2 % → 81.9 % of lines (+0.7) |",
            "| `remove-vintage` | coverage | ⚪ NOT COMPARABLE | 81.9 % of lines now;");
  }

  @Test
  void evidence_leaves_out_attempts_that_failed() {
    assertThat(body.substring(0, body.indexOf("<details>"))).doesNotContain("❌");
    assertThat(report).contains("❌ **FAIL** tests: 412 passed before, 410 pass now");
  }

  @Test
  void what_became_of_the_formatting_stands_with_the_checks() {
    assertThat(report)
        .contains("\n  - formatting: formatter: spotless; formatted 2 of the changed files");
  }

  @Test
  void a_failed_attempt_tells_each_check_that_refused_it() {
    assertThat(body.substring(body.indexOf("<details>")))
        .contains("  - ❌ **FAIL** tests: 412 passed before, 410 pass now");
  }

  @Test
  void what_was_not_checked_is_said_with_its_reason() {
    assertThat(body)
        .contains(
            "- coverage, `remove-vintage`: not comparable: 81.9 % of lines now;",
            "- scope, `remove-vintage`: no such check was made",
            "- every check, `update-docs`: no attempt was made; the step is skipped: a person");
  }

  @Test
  void failed_attempts_are_told_and_folded_away() {
    assertThat(body)
        .containsSubsequence(
            "<details>",
            "<summary>1 failed attempt on the way</summary>",
            "- `migrate-tests` attempt 1, 1 min 11 s: failed: 2 test cases",
            "  - test failed `shop.cart.CartTest.total_is_rounded`: expected to pass as before",
            "</details>");
  }

  @Test
  void the_word_of_a_person_stands_beside_the_step() {
    assertThat(body).contains("- [x] `remove-vintage`").contains("(approved by a person: ");
    assertThat(body).contains("- [ ] `update-docs`").contains("(skipped: a person does it");
  }

  @Test
  void what_is_absent_is_said() {
    assertThat(MarkdownReport.report(ReportExamples.empty()))
        .contains(
            "_No goal is recorded._",
            "not measured: no baseline is recorded.",
            "The plan has no steps.",
            "Nothing was measured.",
            "- every check, the whole branch: no check was made",
            "No commands are recorded.");
  }

  @Test
  void a_body_of_long_texts_is_cut_with_a_note_and_fits_a_forge() {
    String attacked =
        MarkdownReport.pullRequestBody(
            ReportExamples.everywhere("a|".repeat(50_000)), Handover.PLAIN);
    assertThat(attacked).hasSizeLessThan(65_536).contains("… (cut: 400 of 100,000 characters)");
  }

  @Test
  void a_body_fits_a_forge_even_if_every_character_has_to_be_spelled_out() {
    String hidden = "\uDB40\uDC41".repeat(5_000);
    assertThat(MarkdownReport.pullRequestBody(ReportExamples.everywhere(hidden), Handover.PLAIN))
        .contains("⟨U+E0041⟩")
        .hasSizeLessThan(65_536);
  }

  @Test
  void a_body_of_many_steps_says_how_many_it_leaves_out() {
    RunReport many = ReportExamples.withSteps(2_000);
    assertThat(MarkdownReport.pullRequestBody(many, Handover.PLAIN))
        .hasSizeLessThan(65_536)
        .containsPattern("_1,\\d{3} more in the report of the run._");
  }

  @Test
  void reviewers_are_named_without_being_called_and_signatures_are_said() {
    String handed =
        MarkdownReport.pullRequestBody(
            ReportExamples.usual(),
            new Handover(List.of("@ada", "`@x` <b>"), true, 1, List.of(), 0));

    assertThat(handed)
        .contains(
            "## Handed over",
            "names them: `@ada`, <code>&#96;&#64;x&#96; &#60;b&#62;</code>",
            "- Every commit is signed.");
    assertThat(body).doesNotContain("Handed over");
  }

  @Test
  void a_part_of_a_stack_names_the_others_and_what_was_verified() {
    List<Handover.Part> stack =
        List.of(new Handover.Part("go-1", 1, 412), new Handover.Part("go-2", 3, 290));
    String first =
        MarkdownReport.pullRequestBody(
            ReportExamples.usual(), new Handover(List.of(), false, 1, stack, 300));
    String second =
        MarkdownReport.pullRequestBody(
            ReportExamples.usual(), new Handover(List.of(), false, 2, stack, 300));

    assertThat(first)
        .contains(
            "- Part 1 of a stack of 2, to be merged in this order",
            "  1. `go-1`: 1 commit, 412 changed lines (**this one**)\n  2. `go-2`: 3 commits",
            "more than 300 changed lines, since it is a single commit",
            "the branch as a whole, at the top of the stack (part 2)");
    assertThat(second).contains("290 changed lines (**this one**)").doesNotContain("more than 300");
  }

  @Test
  void a_body_of_many_owners_and_many_parts_fits_a_forge() {
    List<String> owners = Collections.nCopies(2_000, "@" + "o".repeat(250));
    List<Handover.Part> stack =
        Collections.nCopies(2_000, new Handover.Part("b".repeat(240), 1, 301));

    assertThat(
            MarkdownReport.pullRequestBody(
                ReportExamples.withSteps(2_000), new Handover(owners, true, 7, stack, 300)))
        .hasSizeLessThan(65_536)
        .contains("and 1980 more");
  }

  private static List<String> headings(String markdown) {
    return markdown.lines().filter(line -> line.startsWith("#")).toList();
  }
}
