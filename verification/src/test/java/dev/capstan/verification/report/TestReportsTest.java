package dev.capstan.verification.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.capstan.verification.report.ReportedCase.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every format keeps every case with its group, name and outcome. */
final class TestReportsTest {
  @Test
  void surefire() throws Exception {
    assertThat(lines("surefire.xml"))
        .containsExactly(
            "PASSED shop.CartTest | adds(String)[1]",
            "PASSED shop.CartTest | adds(String)[2]",
            "FAILED shop.CartTest | fails",
            "ERROR shop.CartTest | errs",
            "SKIPPED shop.CartTest | is_off",
            "PASSED shop.CartTest | flickers");
  }

  @Test
  void a_failure_keeps_its_message_and_time() throws Exception {
    ReportedCase failing = read("surefire.xml").get(2);
    assertThat(failing.message())
        .startsWith("expected: <1> but was: <2>\n")
        .endsWith("(CartTest.java:12)");
    assertThat(failing.took()).hasMillis(3);
  }

  @Test
  void gradle() throws Exception {
    assertThat(lines("gradle.xml"))
        .containsExactly("PASSED shop.CartTest | adds()", "SKIPPED shop.CartTest | is_off()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pytest-xunit1.xml", "pytest-xunit2.xml"})
  void pytest(String report) throws Exception {
    assertThat(lines(report))
        .containsExactly(
            "PASSED test_x | test_p[1]",
            "FAILED test_x | test_p[2]",
            "PASSED test_x | test_p[a/b]",
            "PASSED test_x.TestC | test_m",
            "SKIPPED test_x.TestC | test_s",
            "SKIPPED test_x.TestC | test_xf",
            "FAILED test_x.TestC | test_xp",
            "ERROR test_x | test_err",
            "FAILED test_x | test_teardown",
            "ERROR test_x | test_teardown");
  }

  @Test
  void node_nests_suites_and_knows_no_classes() throws Exception {
    assertThat(lines("node-junit.xml"))
        .containsExactly(
            "PASSED outer > inner <x> | adds",
            "FAILED outer > inner <x> | fails",
            "SKIPPED outer > inner <x> | skipped",
            "SKIPPED outer > inner <x> | todo fails",
            "PASSED outer | direct",
            "PASSED  | top",
            "PASSED parent | child",
            "PASSED parent | child");
  }

  @Test
  void tap_of_node_says_the_same_as_its_xml() throws Exception {
    assertThat(lines("node.tap")).isEqualTo(lines("node-junit.xml"));
    assertThat(read("node.tap").get(1).message()).isEqualTo("'1 == 2'");
  }

  @Test
  void vitest() throws Exception {
    assertThat(lines("vitest.xml"))
        .containsExactly(
            "PASSED src/cart.test.ts | cart > adds",
            "FAILED src/cart.test.ts | cart > fails",
            "SKIPPED src/cart.test.ts | cart > is off");
  }

  @Test
  void jest_with_its_junit_reporter() throws Exception {
    assertThat(lines("jest-junit.xml"))
        .containsExactly(
            "PASSED cart adds | cart adds",
            "FAILED cart fails | cart fails",
            "ERROR Test suite failed to run | Test suite failed to run");
  }

  @Test
  void mocha_with_its_xunit_reporter() throws Exception {
    assertThat(lines("mocha-xunit.xml"))
        .containsExactly(
            "PASSED cart | adds", "FAILED cart inner | fails", "SKIPPED cart | is off");
  }

  @Test
  void jest_as_json_counts_a_file_that_does_not_load() throws Exception {
    assertThat(lines("jest.json"))
        .containsExactly(
            "PASSED /clone/tree/src/cart.test.js > cart | adds",
            "FAILED /clone/tree/src/cart.test.js > cart | fails",
            "SKIPPED /clone/tree/src/cart.test.js > cart | off",
            "SKIPPED /clone/tree/src/cart.test.js | later",
            "ERROR /clone/tree/src/broken.test.js | (the file itself)");
  }

  @Test
  void mocha_as_json_counts_a_hook_that_fails() throws Exception {
    assertThat(lines("mocha.json"))
        .containsExactly(
            "PASSED /clone/tree/test/cart.js | cart adds",
            "FAILED /clone/tree/test/cart.js | cart fails",
            "FAILED /clone/tree/test/cart.js | cart \"before each\" hook for \"late\"",
            "SKIPPED /clone/tree/test/cart.js | cart off");
  }

  @Test
  void go_test_counts_leaves_and_packages_that_do_not_build() throws Exception {
    assertThat(lines("go-test.json"))
        .containsExactly(
            "ERROR example.org/shop/broken | (the package itself)",
            "PASSED example.org/shop/cart | TestAdds",
            "FAILED example.org/shop/cart | TestFails",
            "SKIPPED example.org/shop/cart | TestOff",
            "PASSED example.org/shop/cart | TestTable/n_1",
            "FAILED example.org/shop/cart | TestTable/n_2");
    assertThat(read("go-test.json").get(2).message()).isEqualTo("cart_test.go:14: sums differ");
  }

  @Test
  void go_test_believes_the_worst_end_of_a_test_and_none_that_is_missing() throws Exception {
    assertThat(
            parse(
                """
                {"Action":"run","Package":"p","Test":"A"}
                {"Action":"pass","Package":"p","Test":"A"}
                {"Action":"fail","Package":"p","Test":"A"}
                {"Action":"pass","Package":"p","Test":"A"}
                {"Action":"run","Package":"p","Test":"B"}
                {"Action":"fail","Package":"p"}
                {"Action":"fail","Package":"q"}
                """))
        .extracting(ReportedCase::name, ReportedCase::outcome)
        .containsExactly(
            tuple("A", Outcome.FAILED),
            tuple("B", Outcome.ERROR),
            tuple("(the package itself)", Outcome.ERROR));
  }

  @Test
  void cargo_test_names_the_program_of_each_case() throws Exception {
    assertThat(lines("cargo-test.txt"))
        .containsExactly(
            "PASSED shop (src/lib.rs) | tests::adds",
            "SKIPPED shop (src/lib.rs) | tests::off",
            "FAILED shop (src/lib.rs) | tests::fails",
            "PASSED shop (src/lib.rs) | tests::panics - should panic",
            "PASSED it (tests/it.rs) | outside",
            "PASSED shop (documentation) | src/lib.rs - add (line 2)");
    assertThat(read("cargo-test.txt").get(2).message())
        .contains("assertion `left == right` failed: sums differ");
  }

  @Test
  void a_suite_that_fails_as_a_whole_is_a_case() throws Exception {
    assertThat(parse("<testsuite name='s'><error message='no start'/></testsuite>"))
        .extracting(ReportedCase::group, ReportedCase::message)
        .containsExactly(tuple("s", "no start"));
  }

  @Test
  void the_encoding_that_the_xml_declares_is_used() throws Exception {
    byte[] latin =
        "<?xml version='1.0' encoding='ISO-8859-1'?><testsuite><testcase classname='a' name='\u00E4'/></testsuite>"
            .getBytes(StandardCharsets.ISO_8859_1);
    assertThat(TestReports.read(latin)).extracting(ReportedCase::name).containsExactly("\u00E4");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n ",
        "<testsuite><testcase name='a'/>",
        "<html/>",
        "{\"testResults\":[",
        "{\"passes\":[]}",
        "{\"testResults\":[{\"assertionResults\":[{\"status\":\"strange\"}]}]}",
        "hello",
        "TAP version 13\nok 1 - a\n",
        "TAP version 13\n1..2\nok 1 - a\n",
        "TAP version 13\n1..1\nok 1 - a\nBail out! no database\n",
        "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"A\"}\n{\"Action\":\"pa",
        "running 2 tests\ntest a ... ok\n",
        "running 1 test\ntest a ... ok\ntest b ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n",
        "running 1 test\ntest a ... ok\nrunning 1 test\ntest b ... ok\ntest result: ok. 1 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out\n"
      })
  void what_is_broken_or_cut_off_is_unreadable(String text) {
    assertThatThrownBy(() -> parse(text)).isInstanceOf(UnreadableReport.class);
  }

  @Test
  void an_external_entity_is_not_read(@TempDir Path folder) throws Exception {
    Path secret = folder.resolve("secret");
    Files.writeString(secret, "the secret");
    String text =
        "<!DOCTYPE t [<!ENTITY x SYSTEM '%s'>]><testsuite><testcase name='a'><failure>&x;</failure></testcase></testsuite>"
            .formatted(secret.toUri());
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(UnreadableReport.class)
        .hasMessageNotContaining("the secret");
  }

  private static List<ReportedCase> parse(String text) throws UnreadableReport {
    return TestReports.read(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> lines(String report) throws IOException, UnreadableReport {
    return read(report).stream()
        .map(test -> test.outcome() + " " + test.group() + " | " + test.name())
        .toList();
  }

  private static List<ReportedCase> read(String report) throws IOException, UnreadableReport {
    try (InputStream file =
        Objects.requireNonNull(TestReportsTest.class.getResourceAsStream("/reports/" + report))) {
      return TestReports.read(file.readAllBytes());
    }
  }
}
