package dev.capstan.knowledge.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.analysis.Claim.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Faults that are put into a tree are found, each with the places that show it. */
final class AnalysisTest {
  @TempDir Path temporary;
  private SampleTree tree;

  @BeforeEach
  void make() {
    tree = new SampleTree(temporary);
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private Findings findings(String subject) throws InterruptedException {
    tree.commit("As it is");
    tree.index();
    return tree.analysed(subject);
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
    assertThat(found.basis().commit()).isEqualTo(tree.head());
    assertThat(found.claims())
        .allSatisfy(claim ->
            assertThat(claim.evidence())
                .isNotEmpty()
                .allMatch(id -> id.matches(".+@[0-9a-f]{40}#L\\d+-L\\d+")));
  }

  @Test
  void a_documented_symbol_that_was_deleted_is_found() throws InterruptedException {
    tree.write("docs/till.md", "# The till\n\n`Till.openDrawer()` and `Till.closeDrawer()`.\n");

    assertThat(texts(findings("src/main/java"), Kind.GAP))
        .singleElement()
        .matches(text -> text.contains("docs/till.md") && text.contains("closeDrawer"));
  }

  @Test
  void code_without_a_test_is_found() throws InterruptedException {
    tree.write(
        "src/main/java/shop/Receipt.java",
        "package shop;\n\nclass Receipt {\n  void print() {}\n}\n");

    assertThat(texts(findings("src"), Kind.GAP))
        .singleElement()
        .matches(text -> text.contains("no test names Receipt"));
    assertThat(texts(tree.analysed("docs"), Kind.GAP)).isEmpty();
  }

  @Test
  void what_a_test_reaches_through_other_code_counts_as_tested() throws InterruptedException {
    tree.write(
        "src/main/java/shop/Till.java",
        "package shop;\n\nclass Till {\n  void openDrawer() { new Bell().ring(); }\n}\n");
    tree.write(
        "src/main/java/shop/Bell.java", "package shop;\n\nclass Bell {\n  void ring() {}\n}\n");

    assertThat(texts(findings("src"), Kind.GAP)).isEmpty();
  }

  @Test
  void a_test_of_nothing_is_found() throws InterruptedException {
    tree.write(
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
        .matches(text -> text.contains("OldTest.java refer to nothing"));
  }

  @Test
  void the_text_has_every_claim_with_its_evidence() throws InterruptedException {
    Findings found = findings("src");
    String text = FindingsText.of(found);

    assertThat(text).contains("# src", tree.head(), "Of 2 files 2 can be found");
    found
        .claims()
        .forEach(claim -> assertThat(text).contains(claim.text()).contains(claim.evidence()));
  }

  @Test
  void what_a_list_of_changes_speaks_of_need_not_be_there() throws InterruptedException {
    tree.write("CHANGES.md", "# Changes\n\n`Till.closeDrawer()` was removed.\n");

    assertThat(texts(findings(""), Kind.GAP)).isEmpty();
  }

  @Test
  void what_a_document_shows_in_a_sample_of_its_own_need_not_be_there()
      throws InterruptedException {
    tree.write(
        "docs/till.md",
        "# The till\n\n`Till.openDrawer()`, and `MyInput` in:\n\n```java\nclass MyInput {}\n```\n");

    assertThat(texts(findings(""), Kind.GAP)).isEmpty();
  }

  @Test
  void what_only_tests_need_makes_no_circle() throws InterruptedException {
    needs("a", "b");
    tree.write(
        "b/src/test/java/BTest.java",
        "import a.Ina;\n\nclass BTest {\n  @Test\n  void it() { new Ina().go(); }\n}\n");
    tree.write("b/pom.xml", "<project/>\n");
    tree.write("b/Inb.java", "package b;\n\npublic class Inb {\n  public void go() {}\n}\n");

    assertThat(findings("").claims()).noneMatch(claim -> claim.rule().equals("a circle"));
  }

  @Test
  void what_changes_often_and_is_needed_by_many_is_a_risk() throws InterruptedException {
    for (int i = 0; i < 5; i++) {
      tree.write(
          "src/main/java/shop/Counter" + i + ".java",
          "package shop;\n\nclass Counter%d {\n  void sell() {\n    new Till().openDrawer();\n  }\n}\n"
              .formatted(i));
    }
    for (int i = 0; i < 6; i++) {
      tree.write(
          "src/main/java/shop/Till.java",
          "package shop;\n\nclass Till {\n  void openDrawer() {}\n}\n// %d\n".formatted(i));
      tree.commit("Change the till " + i);
    }
    tree.write("README.md", "A shop.\n");

    assertThat(findings("src/main").claims())
        .filteredOn(claim -> claim.rule().startsWith("changed often"))
        .singleElement()
        .satisfies(claim -> {
          assertThat(claim.text())
              .isEqualTo(
                  "src/main/java/shop/Till.java was changed by 6 of the last 7 commits, and at least 5 files of code refer to it");
          assertThat(claim.evidence()).hasSize(4).anyMatch(id -> id.contains("Counter0.java@"));
        });
    assertThat(tree.analysed("docs").claims())
        .noneMatch(claim -> claim.rule().startsWith("changed often"));
  }

  @Test
  void where_it_is_not_known_what_is_called_that_is_said() throws InterruptedException {
    tree.write("lib/one.py", "class One:\n    def act(self):\n        pass\n");
    tree.write("lib/two.py", "class Two:\n    def act(self):\n        pass\n");
    tree.write("lib/user.py", "def use(thing):\n" + "    thing.act()\n".repeat(25));

    assertThat(findings("lib").claims())
        .filteredOn(claim -> claim.rule().equals("what is called is not known"))
        .singleElement()
        .matches(claim ->
            claim
                .text()
                .equals("of 25 calls it is not known what 25 mean, most of them in lib/user.py"));
  }

  @Test
  void a_subject_is_a_file_a_folder_a_glob_or_a_package() throws InterruptedException {
    tree.write("src/main/java/shop/kiosk/Stand.java", "package shop.kiosk;\n\nclass Stand {}\n");

    assertThat(findings("").basis().files()).isEqualTo(4);
    assertThat(tree.analysed("./src/main/").basis().files()).isEqualTo(2);
    assertThat(tree.analysed("src/main/java/shop/Till.java").basis().files()).isEqualTo(1);
    assertThat(tree.analysed("src/**/*Till*.java").basis().files()).isEqualTo(2);
    assertThat(tree.analysed("shop").basis().files()).isEqualTo(3);
    assertThat(tree.analysed("shop.kiosk").basis().files()).isEqualTo(1);
    assertThat(tree.analysed("shop.Till").basis().files()).isEqualTo(1);
    for (String nothing : List.of("src/mai", "shop.till", "../source", "*.py", "a b")) {
      assertThat(Subject.of(tree.view(), nothing)).as(nothing).isEmpty();
    }
  }

  @Test
  void circles_of_two_and_of_more_are_found_once_each() throws InterruptedException {
    needs("a", "b");
    needs("b", "c");
    needs("c", "a");
    needs("d", "e");
    needs("e", "d");

    assertThat(findings("").claims())
        .filteredOn(claim -> claim.rule().equals("a circle"))
        .extracting(Claim::text)
        .containsExactly("a/ needs b/ needs c/ needs a/", "d/ and e/ need each other");
    assertThat(tree.analysed("c").claims())
        .filteredOn(claim -> claim.rule().equals("a circle"))
        .singleElement()
        .satisfies(claim -> assertThat(claim.evidence()).hasSize(3));
  }

  private void needs(String one, String other) {
    tree.write(
        one + "/In" + one + ".java",
        "package %1$s;\n\nimport %2$s.In%2$s;\n\npublic class In%1$s {\n  In%2$s other;\n  public void go() { other.go(); }\n}\n"
            .formatted(one, other));
  }
}
