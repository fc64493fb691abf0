package dev.capstan.verification.dilution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.capstan.verification.dilution.Dilution.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The examples in {@code dilution/examples.txt}: each file before, with the change, and found. */
class DilutionTest {
  @TestFactory
  Stream<DynamicTest> each_example_is_told() throws IOException {
    List<Example> examples = examples();
    assertThat(examples).hasSizeGreaterThan(14);
    return examples.stream().map(example -> dynamicTest(example.title(), () -> check(example)));
  }

  private record Example(String title, Revision file, List<String> expected) {}

  private static void check(Example example) {
    List<String> found = found(Dilution.of(List.of(example.file())));
    for (String expected : example.expected()) {
      assertThat(found)
          .as("%s among %s", expected, found)
          .anyMatch(one -> one.startsWith(expected));
    }
    assertThat(found).hasSameSizeAs(example.expected());
  }

  private static List<String> found(Dilution dilution) {
    List<String> found = new ArrayList<>();
    dilution
        .weakenings()
        .forEach(one -> found.add(one.category() + " " + one.test().name() + ": " + one.detail()));
    dilution
        .moves()
        .forEach(one -> found.add("moved " + one.before().name() + " to " + one.now().name()));
    dilution
        .uncompared()
        .forEach(one -> found.add("uncompared " + one.path() + ": " + one.reason()));
    return found;
  }

  private static List<Example> examples() throws IOException {
    try (InputStream in = DilutionTest.class.getResourceAsStream("/dilution/examples.txt")) {
      assertThat(in).isNotNull();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(text.split("(?m)^===== ", -1))
          .filter(block -> !block.isBlank())
          .map(DilutionTest::example)
          .toList();
    }
  }

  private static Example example(String block) {
    String[] head = block.split("\n", 3);
    String[] parts = head[2].split("(?m)^-----\n", -1);
    List<String> expected =
        parts[2].lines().filter(line -> !line.isBlank()).map(DilutionTest::category).toList();
    return new Example(head[0], new Revision(head[1], parts[0], parts[1]), expected);
  }

  /** As the file has it: the category, then the test's name. */
  private static String category(String line) {
    return line.strip();
  }

  @Test
  void a_test_that_goes_to_another_file_is_moved() {
    String test = "class %s { @Test void adds() { assertEquals(3, add(1, 2)); } }";
    Dilution dilution =
        Dilution.of(
            List.of(
                new Revision("t/ShopTest.java", test.formatted("ShopTest"), ""),
                new Revision("t/StoreTest.java", "", test.formatted("StoreTest"))));

    assertThat(dilution.weakenings()).isEmpty();
    assertThat(dilution.moves())
        .extracting(move -> move.now().text())
        .containsExactly("t/StoreTest.java > StoreTest > adds");
  }

  @Test
  void a_reported_case_is_known_by_class_and_method() {
    TestName adds = new TestName("t/ShopTest.java", List.of("ShopTest"), "adds");

    assertThat(adds.isReportedAs("shop.ShopTest > adds")).isTrue();
    assertThat(adds.isReportedAs("shop.ShopTest > adds()")).isTrue();
    assertThat(adds.isReportedAs("shop.ShopTest > adds(int, int)[2]")).isTrue();
    assertThat(adds.isReportedAs("shop.ShopTest > addsMore")).isFalse();
    assertThat(adds.isReportedAs("shop.StoreTest > adds")).isFalse();
    TestName total = new TestName("tests/test_shop.py", List.of(), "test_total");
    assertThat(total.isReportedAs("tests.test_shop > test_total[1-2]")).isTrue();
    assertThat(total.isReportedAs("tests.test_store > test_total")).isFalse();
  }
}
