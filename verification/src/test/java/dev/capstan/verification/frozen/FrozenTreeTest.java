package dev.capstan.verification.frozen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.frozen.JudgeFiles.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenTreeTest {
  private static final List<String> BASE =
      List.of("pom.xml", "src/main/java/Shop.java", "src/test/java/ShopTest.java");

  @ParameterizedTest
  @CsvSource({
    "pom.xml, BUILD",
    "web/package.json, BUILD",
    "package-lock.json, BUILD",
    "build.gradle.kts, BUILD",
    "gradle/libs.versions.toml, BUILD",
    ".mvn/jvm.config, BUILD",
    "GNUmakefile, BUILD",
    "rules.mk, BUILD",
    "requirements-dev.txt, BUILD",
    "Cargo.toml, BUILD",
    "go.sum, BUILD",
    ".github/workflows/ci.yml, CI",
    "Jenkinsfile, CI",
    ".gitlab-ci.yml, CI",
    "conftest.py, SETTINGS",
    "tests/conftest.py, SETTINGS",
    ".coveragerc, SETTINGS",
    "jest.config.mjs, SETTINGS",
    "vitest.config.ts, SETTINGS",
    ".eslintrc.json, SETTINGS",
    "config/checkstyle/checkstyle.xml, SETTINGS",
    "src/test/resources/junit-platform.properties, SETTINGS",
    "src/test/resources/META-INF/services/x.Y, SETTINGS",
    "src/main/resources/META-INF/services/org.junit.platform.launcher.TestExecutionListener, SETTINGS",
    ".capstan/config.yaml, SETTINGS",
    ".capstan/secrets.allow, SETTINGS",
    ".capstanignore, SETTINGS",
    "libs/.gitattributes, BUILD",
    ".gitmodules, BUILD",
    "node_modules/jest/index.js, SETTINGS",
    "src/test/java/ShopTest.java, TEST",
    "src/integrationTest/kotlin/A.kt, TEST",
    "src/test, TEST",
    "shop/test_total.py, TEST",
    "shop_test.go, TEST",
    "web/shop.spec.tsx, TEST",
    "web/__tests__/shop.js, TEST",
    "tests/data/orders.json, TEST",
    "web/__snapshots__/shop.snap, TEST"
  })
  void a_path_tells_what_judges(String path, Kind kind) {
    assertThat(JudgeFiles.kindOf(path)).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "src/main/java/Shop.java",
        "src/main/java/com/acme/test/Fixture.java",
        "shop/total.py",
        "README.md",
        "web/latest.js",
        "contest.py",
        "src/main/resources/META-INF/services/com.acme.Plugin",
        "docs/attest.md"
      })
  void what_is_judged_does_not_judge(String path) {
    assertThat(JudgeFiles.kindOf(path)).isEmpty();
  }

  @Test
  void what_is_not_declared_is_as_before_and_new_settings_are_away() {
    FrozenTree tree =
        tree(
            List.of(),
            "pom.xml",
            "src/main/java/Shop.java",
            "src/test/java/ShopTest.java",
            "src/test/java/NewTest.java",
            "src/test/resources/junit-platform.properties");

    assertThat(tree.frozen())
        .containsExactly(
            "pom.xml",
            "src/test/java/ShopTest.java",
            "src/test/resources/junit-platform.properties");
    assertThat(tree.frozenSettings())
        .containsExactly("pom.xml", "src/test/resources/junit-platform.properties");
  }

  @Test
  void what_is_declared_stays() {
    assertThat(tree(List.of("src/test/**"), "pom.xml", "src/test/java/ShopTest.java").frozen())
        .containsExactly("pom.xml");
  }

  @Test
  void what_takes_the_place_of_a_test_tool_is_away() {
    assertThat(
            tree(
                    List.of(),
                    "src/main/java/org/junit/jupiter/api/Assertions.java",
                    "pytest.py",
                    "src/coverage/__init__.py")
                .frozen())
        .hasSize(3);
  }

  @Test
  void a_project_that_is_a_test_tool_may_change_itself() {
    FrozenTree tree =
        FrozenTree.of(
            List.of("src/main/java/org/junit/jupiter/api/Assertions.java"),
            List.of("src/main/java/org/junit/jupiter/api/Test.java"),
            _ -> Optional.empty(),
            List.of());

    assertThat(tree.changed()).isEmpty();
  }

  @Test
  void scripts_that_the_tests_are_started_by_judge() {
    Map<String, String> base =
        Map.of(
            "Makefile",
            "all:\n\tsh build.sh\ntest: all\n\t@sh ./suite.sh --fast\n\tpython src/app.py\n",
            "package.json",
            "{\n  \"scripts\": {\n    \"start\": \"node start.js\",\n    \"test\": \"node tools/run.mjs\"\n  }\n}",
            "suite.sh",
            "",
            "build.sh",
            "",
            "start.js",
            "",
            "src/app.py",
            "",
            "tools/run.mjs",
            "");
    FrozenTree tree =
        FrozenTree.of(
            List.of("suite.sh", "build.sh", "start.js", "src/app.py", "tools/run.mjs"),
            base.keySet(),
            path -> Optional.ofNullable(base.get(path)),
            List.of());

    assertThat(tree.frozen()).containsExactly("suite.sh", "tools/run.mjs");
  }

  private static FrozenTree tree(List<String> declared, String... changes) {
    return FrozenTree.of(List.of(changes), BASE, _ -> Optional.empty(), declared);
  }
}
