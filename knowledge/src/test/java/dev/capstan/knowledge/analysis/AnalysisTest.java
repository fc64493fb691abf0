package dev.capstan.knowledge.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import dev.capstan.knowledge.analysis.Claim.Kind;
import dev.capstan.knowledge.graph.Graphs;
import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.knowledge.index.ProjectIndex.Wanted;
import dev.capstan.workspace.git.SourceRepository;
import dev.capstan.workspace.git.SourceTree;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that are put into a tree are found, each with the places that show it. */
final class AnalysisTest {
  @TempDir Path temporary;
  private SourceRepository repository;
  private ProjectIndex index;

  @BeforeEach
  void make() {
    repository = SourceRepository.empty(temporary.resolve("source"));
    repository.write(
        "src/main/java/shop/Till.java",
        "package shop;\n\nclass Till {\n  void openDrawer() {}\n}\n");
    repository.write(
        "src/test/java/shop/TillTest.java",
        """
        package shop;

        import org.junit.jupiter.api.Test;

        class TillTest {
          @Test
          void it_opens() {
            new Till().openDrawer();
          }
        }
        """);
    repository.write("docs/till.md", "# The till\n\n`Till.openDrawer()` opens the drawer.\n");
    index = ProjectIndex.open(temporary.resolve("index"));
  }

  @AfterEach
  void close() {
    index.close();
  }

  private Findings findings(String subject) throws InterruptedException {
    repository.commit("As it is");
    indexed();
    return analysed(subject);
  }

  private void indexed() throws InterruptedException {
    Path gitFolder = repository.folder().resolve(".git");
    try (SourceTree tree = SourceTree.of(gitFolder, new CommitId(repository.head()))) {
      index.update(new Wanted("main", repository.head(), Instant.EPOCH), tree, Progress.SILENT);
    }
  }

  private Findings analysed(String subject) {
    return Analysis.of(
        index, index.view("main").orElseThrow(), new Graphs(index).of("main"), subject);
  }

  private static List<String> texts(Findings findings, Kind kind) {
    return findings.claims().stream()
        .filter(claim -> claim.kind() == kind)
        .map(Claim::text)
        .toList();
  }

  @Test
  void what_fits_together_is_said_and_nothing_is_missing() throws InterruptedException {
    Findings found = findings("");

    assertThat(texts(found, Kind.AGREEMENT)).anyMatch(text -> text.contains("openDrawer"));
    assertThat(texts(found, Kind.GAP)).isEmpty();
    assertThat(found.basis().files()).isEqualTo(3);
    assertThat(found.basis().commit()).isEqualTo(repository.head());
    assertThat(found.claims())
        .allSatisfy(claim ->
            assertThat(claim.evidence())
                .isNotEmpty()
                .allMatch(id -> id.matches(".+@[0-9a-f]{40}#L\\d+-L\\d+")));
  }

  @Test
  void a_documented_symbol_that_was_deleted_is_found() throws InterruptedException {
    repository.write(
        "docs/till.md", "# The till\n\n`Till.openDrawer()` and `Till.closeDrawer()`.\n");

    assertThat(texts(findings("src/main/java"), Kind.GAP))
        .singleElement()
        .matches(text -> text.contains("docs/till.md") && text.contains("closeDrawer"));
  }

  @Test
  void code_without_a_test_is_found() throws InterruptedException {
    repository.write(
        "src/main/java/shop/Receipt.java",
        "package shop;\n\nclass Receipt {\n  void print() {}\n}\n");

    assertThat(texts(findings("src"), Kind.GAP))
        .singleElement()
        .matches(text -> text.contains("no test names Receipt"));
    assertThat(texts(analysed("docs"), Kind.GAP)).isEmpty();
  }

  @Test
  void a_test_of_nothing_is_found() throws InterruptedException {
    repository.write(
        "src/test/java/shop/OldTest.java",
        """
        package shop;

        import org.junit.jupiter.api.Test;

        class OldTest {
          @Test
          void nothing() {
            int sum = 1 + 1;
          }
        }
        """);

    assertThat(texts(findings("src/test"), Kind.GAP))
        .singleElement()
        .matches(text -> text.contains("OldTest.java call nothing"));
  }

  @Test
  void the_text_has_every_claim_with_its_evidence() throws InterruptedException {
    Findings found = findings("src");
    String text = FindingsText.of(found);

    assertThat(text).contains("# src", repository.head(), "Of 2 files 2 can be found");
    found
        .claims()
        .forEach(claim -> assertThat(text).contains(claim.text()).contains(claim.evidence()));
  }
}
