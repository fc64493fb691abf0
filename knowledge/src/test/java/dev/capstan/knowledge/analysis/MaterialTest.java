package dev.capstan.knowledge.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.knowledge.pack.Tokens;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a model reads of a part fits, is the same each time, and is of that part. */
final class MaterialTest {
  @TempDir Path temporary;
  private SampleTree tree;

  @BeforeEach
  void make() throws InterruptedException {
    tree = new SampleTree(temporary);
    tree.write("src/main/java/shop/Hidden.java", "// NO_LLM\nclass Hidden { int forbidden; }\n");
    tree.write(
        "src/main/java/shop/Odd.java",
        "package shop;\n\nclass Odd {\n\tint a; // \u202e\u001b\n}\n");
    for (int i = 0; i < 20; i++) {
      tree.write(
          "src/main/java/shop/Counter" + i + ".java",
          "package shop;\n\nclass Counter%d {\n%s}\n"
              .formatted(i, "  void sell() { new Till().openDrawer(); }\n".repeat(30)));
    }
    tree.commit("All");
    tree.index();
  }

  @AfterEach
  void close() {
    tree.close();
  }

  private Map<String, String> material(String subject, int most) {
    return Material.of(tree.found(), tree.view(), tree.graph(), tree.subject(subject), most);
  }

  @Test
  void documents_come_first_then_what_is_central_each_line_with_its_number() {
    Map<String, String> material = material("src/main", 4_000);

    assertThat(List.copyOf(material.keySet()))
        .startsWith("docs/till.md:1-4", "src/main/java/shop/Till.java:1-5");
    assertThat(material.get("src/main/java/shop/Till.java:1-5"))
        .isEqualTo("1: package shop;\n2: \n3: class Till {\n4:   void openDrawer() {}\n5: }");
    assertThat(material.keySet()).noneMatch(from -> from.contains("Test.java"));
  }

  @Test
  void where_a_part_is_tests_alone_these_are_read() {
    assertThat(material("src/test", 4_000).keySet())
        .containsExactly("src/test/java/shop/TillTest.java:1-10");
  }

  @Test
  void it_never_has_more_tokens_than_it_may_and_is_the_same_each_time() {
    for (int most : List.of(100, 500, 2_000, 8_000)) {
      Map<String, String> material = material("", most);
      assertThat(
              material.entrySet().stream()
                  .mapToInt(one -> Tokens.count(one.getKey() + one.getValue()))
                  .sum())
          .as("of %d", most)
          .isLessThanOrEqualTo(most);
      assertThat(List.copyOf(material("", most).entrySet()))
          .isEqualTo(List.copyOf(material.entrySet()));
    }
  }

  @Test
  void what_has_opted_out_or_cannot_be_seen_is_not_in_it() {
    assertThat(material("", 50_000).toString())
        .contains("    int a; // ??")
        .doesNotContain("forbidden", "\u202e", "\u001b", "\t");
  }
}
