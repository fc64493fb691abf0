package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.api.PolicyChoice;
import dev.capstan.api.ProjectView;
import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.ViolationView;
import dev.capstan.cli.DidNotRun;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Faults put into a small Maven project say whether its changed tests are as strong as before. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutationTest {
  private static final String TEST_FILE = "src/test/java/shop/BasketTest.java";
  private static final String POM =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>shop</groupId>
        <artifactId>shop</artifactId>
        <version>1</version>
        <properties>
          <maven.compiler.release>17</maven.compiler.release>
          <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
        </properties>
        <dependencies>
          <dependency>
            <groupId>org.junit.jupiter</groupId>
            <artifactId>junit-jupiter</artifactId>
            <version>5.12.2</version>
            <scope>test</scope>
          </dependency>
        </dependencies>
        <build>
          <plugins>
            <plugin><artifactId>maven-compiler-plugin</artifactId><version>3.13.0</version></plugin>
            <plugin><artifactId>maven-surefire-plugin</artifactId><version>3.5.3</version></plugin>
          </plugins>
        </build>
      </project>
      """;
  private static final String BASKET =
      """
      package shop;

      public final class Basket {
        public int total(int price, int count) {
          int total = price * count;
          return count > 10 ? total - discount(total) : total;
        }

        private int discount(int total) {
          return total / 10;
        }
      }
      """;
  private static final String TEST =
      """
      package shop;

      import static org.junit.jupiter.api.Assertions.assertEquals;
      import static org.junit.jupiter.api.Assertions.assertTrue;

      import org.junit.jupiter.api.Test;

      class BasketTest {
        @Test
        void adds_up() {
          assertEquals(6, new Basket().total(2, 3));
        }

        @Test
        void many_are_cheaper() {
          assertEquals(180, new Basket().total(10, 20));
          assertTrue(new Basket().total(10, 20) > 0);
        }
      }
      """;

  private static final String BOUNDARY =
      """
      package shop;

      import static org.junit.jupiter.api.Assertions.assertEquals;

      import org.junit.jupiter.api.Test;

      class BoundaryTest {
        @Test
        void ten_are_not_cheaper() {
          assertEquals(100, new Basket().total(10, 10));
        }
      }
      """;

  private Product product;
  private Repository shop;

  @BeforeAll
  void open() {
    DidNotRun.unless(Toolchains.isInstalled("mvn"), "Maven is not installed");
    product =
        new Product(
            Map.of(
                "PATH",
                System.getenv("PATH"),
                "HOME",
                System.getProperty("user.home"),
                "CAPSTAN_DISK_LIMIT_MB",
                "1000",
                "CAPSTAN_MEMORY_LIMIT_MB",
                "2000"));
    shop = Repository.empty(product.newFolder("shop"));
    shop.write(".gitignore", "target/\n");
    shop.write("pom.xml", POM);
    shop.write("src/main/java/shop/Basket.java", BASKET);
    shop.write(TEST_FILE, TEST);
    shop.commit("feat: open the shop");
  }

  @AfterAll
  void close() {
    if (product != null) {
      product.close();
    }
  }

  private RunView change(String file, String sed) {
    return product.carryOut(
        shop, StepDraft.of("change", "sed", "-i", sed, file).judge("src/test/**").step());
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

  private String reasons(RunView run) {
    return attempt(run).checks() + " " + attempt(run).failure() + product.printed(run.id());
  }

  @Test
  void a_declared_test_that_finds_every_fault_it_found_before_needs_no_person() {
    RunView run = change(TEST_FILE, "/assertTrue(new/d");

    assertThat(check(run, "MUTATION").verdict()).as(reasons(run)).isEqualTo("PASS");
    assertThat(check(run, "JUDGE").verdict()).as(check(run, "JUDGE").reason()).isEqualTo("PASS");
    assertThat(check(run, "JUDGE").reason()).contains("every fault that they found before");
    assertThat(run.status()).as(run.reason()).isEqualTo("completed");
  }

  @Test
  void a_declared_test_that_asks_for_less_is_refused_with_the_fault_that_it_lets_through() {
    RunView run = change(TEST_FILE, "/assertEquals(180/d");

    assertThat(check(run, "TESTS").verdict()).isEqualTo("PASS");
    assertThat(check(run, "MUTATION").verdict()).as(reasons(run)).isEqualTo("FAIL");
    assertThat(attempt(run).violations())
        .extracting(ViolationView::category)
        .containsOnly("MUTANT_SURVIVED");
    assertThat(attempt(run).violations())
        .extracting(ViolationView::subject)
        .contains("src/main/java/shop/Basket.java:6", "src/main/java/shop/Basket.java:10");
    assertThat(run.status()).isNotEqualTo("completed");
  }

  @Test
  void a_policy_may_require_that_faults_in_changed_lines_are_found() throws IOException {
    String project = requiring("faults", "mutation");
    try {
      RunView run = change("src/main/java/shop/Basket.java", "s:total / 10:total * 10 / 100:");

      assertThat(check(run, "MUTATION").verdict()).as(reasons(run)).isEqualTo("PASS");
      assertThat(check(run, "MUTATION").reason()).contains("in changed lines");
      assertThat(run.status()).as(run.reason()).isEqualTo("completed");
    } finally {
      product.client().choosePolicy(new PolicyChoice(project, "standard"));
    }
  }

  @Test
  void a_new_test_of_old_code_passes_by_the_faults_that_no_test_found_before() throws IOException {
    String project = requiring("new-tests", "newTests");
    String file = "src/test/java/shop/BoundaryTest.java";
    try {
      RunView run =
          product.carryOut(
              shop,
              StepDraft.of(
                      "change", "sh", "-c", "printf '%s' \"$1\" > \"$2\"", "sh", BOUNDARY, file)
                  .judge("src/test/**")
                  .step());

      assertThat(check(run, "NEW_TESTS").verdict()).as(reasons(run)).isEqualTo("PASS");
      assertThat(check(run, "NEW_TESTS").reason())
          .isEqualTo(
              "0 of 1 new cases fail without the change; they find 1 fault that no test found before");
    } finally {
      product.client().choosePolicy(new PolicyChoice(project, "standard"));
    }
  }

  /** The project's policy then asks for the usual checks and this one. */
  private String requiring(String policy, String check) throws IOException {
    Path packs = Files.createDirectories(product.data().resolve("policies"));
    Files.writeString(
        packs.resolve(policy + ".yaml"),
        """
        version: 1
        requiredChecks: [build, tests, judge, %s, secrets, scope]
        """
            .formatted(check));
    String project = product.client().register(new ProjectView("", shop.path().toString(), 1)).id();
    product.client().choosePolicy(new PolicyChoice(project, policy));
    return project;
  }
}
