package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.ViolationView;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests nearest to a change go first, and have a word only where they break. */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("slow")
class NearestFirstTest {
  private static final String FAR = "the far test is run";

  private final Product product = new Product(Map.of("CAPSTAN_NEAREST_FIRST", "always"));

  @AfterAll
  void close() {
    product.close();
  }

  /** Of three test files one uses {@code money.js}, and one reads it without a known use. */
  private Repository shop() {
    Repository shop = Repository.empty(product.newFolder("nearest"));
    shop.write("package.json", "{\"scripts\": {\"test\": \"node --test test/\"}}\n");
    shop.write("src/money.js", "exports.two = () => 1 + 1;\n");
    shop.write(
        "test/money.test.js",
        """
        const {test} = require('node:test');
        const assert = require('node:assert');
        const money = require('../src/money');
        test('is two', () => assert.equal(money.two(), 2));
        test('never was three', () => assert.equal(money.two(), 3));
        """);
    shop.write(
        "test/far.test.js",
        """
        const {test} = require('node:test');
        const assert = require('node:assert');
        const text = require('node:fs').readFileSync('src/money.js', 'utf8');
        console.log('%s');
        test('says no four', () => assert.ok(!text.includes('4')));
        """
            .formatted(FAR));
    shop.write("test/other.test.js", "require('node:test').test('other', () => {});\n");
    shop.commit("feat: open the shop");
    return shop;
  }

  private RunView change(String from, String to) {
    String shell = "sed -i 's/%s/%s/' src/money.js".formatted(from, to);
    return product.carryOut(shop(), StepDraft.shell("change", shell).step());
  }

  private static AttemptView attempt(RunView run) {
    return run.steps().getFirst().attempts().getFirst();
  }

  private static CheckView check(RunView run, String name) {
    return attempt(run).checks().stream()
        .filter(check -> check.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private long timesRun(RunView run) {
    return product.printed(run.id()).stream().filter(line -> line.contains(FAR)).count();
  }

  @Test
  void a_change_that_breaks_a_near_test_is_refused_before_the_far_one_is_run() {
    RunView run = change("1 + 1", "1 + 2");

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("blocked");
    assertThat(attempt(run).violations())
        .extracting(ViolationView::category)
        .containsExactly("TEST_FAILED");
    assertThat(attempt(run).violations().getFirst().subject()).contains("is two");
    assertThat(check(run, "TESTS").verdict()).isEqualTo("FAIL");
    assertThat(check(run, "TESTS").reason())
        .contains("is two", "only the 1 nearest of 3 test files were run, the others DID_NOT_RUN");
    assertThat(check(run, "BUILD").verdict()).isEqualTo("DID_NOT_RUN");
    assertThat(check(run, "COVERAGE").verdict()).isEqualTo("DID_NOT_RUN");
    assertThat(timesRun(run)).as("only before the change").isOne();
    assertThat(product.printed(run.id()))
        .anyMatch(line -> line.contains("test/money.test.js (named after a changed file)"))
        .anyMatch(line -> line.contains("again in the same sandbox"));
  }

  @Test
  void a_far_test_that_a_change_breaks_is_still_found() {
    RunView run = change("1 + 1", "4 - 2");

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("blocked");
    assertThat(attempt(run).violations())
        .extracting(ViolationView::category)
        .containsExactly("TEST_FAILED");
    assertThat(attempt(run).violations().getFirst().subject()).contains("says no four");
    assertThat(check(run, "TESTS").reason()).doesNotContain("nearest");
    assertThat(product.printed(run.id()))
        .anyMatch(
            line -> line.contains("the 1 nearest of 3 test files: nothing new fails; now all"));
  }

  @Test
  void a_change_passes_by_all_tests_only_and_a_near_one_that_failed_before_is_no_blame() {
    RunView run = change("1 + 1", "3 - 1");

    assertThat(run.status()).as("%s", product.printed(run.id())).isEqualTo("completed");
    assertThat(check(run, "TESTS").verdict()).isEqualTo("PASS");
    assertThat(check(run, "TESTS").reason()).contains("4 tests", "failed before too");
    assertThat(timesRun(run)).as("before the change and with it").isGreaterThanOrEqualTo(2);
  }
}
