package dev.capstan.knowledge.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.analysis.CitedClaim.Citation;
import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.analysis.Findings.Checked;
import dev.capstan.knowledge.analysis.Findings.Dropped;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model cites is looked up; what does not stand there takes its claim with it. */
final class CitationsTest {
  private static final String TILL = "src/main/java/shop/Till.java";

  @TempDir Path temporary;
  private SampleTree tree;

  @BeforeEach
  void make() throws InterruptedException {
    tree = new SampleTree(temporary);
    tree.write("src/main/java/shop/Hidden.java", "// NO_LLM\nclass Hidden { int forbidden; }\n");
    tree.write("lib/tabs.py", "def use():\n\tif  True:\r\n\t\treturn 'ready'\n");
    tree.commit("All");
    tree.index();
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private Checked checked(String subject, Citation... citations) {
    return new Citations(tree.found(), tree.view(), tree.subject(subject))
        .check(List.of(new CitedClaim(Kind.RISK, "it is so", List.of(citations))));
  }

  private void dropped(String why, Citation... citations) {
    Checked checked = checked("src/main", citations);
    assertThat(checked.held()).isEmpty();
    assertThat(checked.dropped()).singleElement().extracting(Dropped::why).asString().contains(why);
  }

  @Test
  void a_claim_that_quotes_what_stands_there_holds() {
    assertThat(
            checked(
                    "src/main",
                    new Citation(TILL, 3, 5, "class Till {\n  void openDrawer() {}"),
                    new Citation("docs/till.md", 3, 3, "opens the drawer"))
                .held())
        .singleElement()
        .satisfies(claim -> {
          assertThat(claim.rule()).isEqualTo(Claim.OF_A_MODEL);
          assertThat(claim.evidence())
              .hasSize(2)
              .allMatch(id -> id.matches(".+@[0-9a-f]{40}#L3-L[35]"));
        });
  }

  @Test
  void blanks_and_numbers_of_lines_do_not_matter() {
    assertThat(
            checked("src/main", new Citation(TILL, 3, 4, "3: class Till {\n4:   void openDrawer()"))
                .held())
        .hasSize(1);
    assertThat(
            checked("lib", new Citation("lib/tabs.py", 1, 3, "if True:\n        return 'ready'"))
                .held())
        .hasSize(1);
  }

  @Test
  void what_is_quoted_must_stand_in_these_lines() {
    dropped("does not stand there", new Citation(TILL, 3, 3, "void openDrawer()"));
    dropped("does not stand there", new Citation(TILL, 1, 5, "void closeDrawer()"));
    dropped("does not stand there", new Citation(TILL, 1, 5, "void OPENDRAWER()"));
    dropped("does not stand there", new Citation(TILL, 40, 50, "void openDrawer()"));
  }

  @Test
  void one_citation_that_does_not_hold_is_enough() {
    dropped(
        "does not stand there",
        new Citation(TILL, 4, 4, "void openDrawer()"),
        new Citation("docs/till.md", 3, 3, "closes the drawer"));
  }

  @Test
  void what_says_nothing_or_names_no_lines_or_another_part_does_not_hold() {
    dropped("cites nothing of the subject");
    dropped("cites nothing of the subject", new Citation("docs/till.md", 3, 3, "opens the drawer"));
    dropped("too short", new Citation(TILL, 3, 5, "{ }"));
    dropped("too short", new Citation(TILL, 4, 4, "4: "));
    dropped("not 1 to 80 lines", new Citation(TILL, 0, 5, "class Till {"));
    dropped("not 1 to 80 lines", new Citation(TILL, 5, 3, "class Till {"));
    dropped("not 1 to 80 lines", new Citation(TILL, 1, Integer.MAX_VALUE, "class Till {"));
  }

  @Test
  void files_that_cannot_be_found_prove_nothing() {
    for (String path :
        List.of("src/main/java/shop/Hidden.java", "src/main/Absent.java", "src/main/../../etc")) {
      dropped("no such file", new Citation(path, 2, 2, "class Hidden { int forbidden; }"));
    }
  }

  @Test
  void what_a_model_says_is_shown_in_one_line_without_what_cannot_be_seen() {
    Checked checked =
        new Citations(tree.found(), tree.view(), tree.subject(""))
            .check(
                List.of(
                    new CitedClaim(
                        Kind.GAP,
                        "a\n# heading\u001b[31m\u202e " + "x".repeat(2_000),
                        List.of(new Citation(TILL, 4, 4, "void openDrawer()")))));

    assertThat(checked.held())
        .singleElement()
        .extracting(Claim::text)
        .asString()
        .startsWith("a # heading?[31m? xxx")
        .hasSizeLessThan(610);
  }
}
