package dev.capstan.verification.frozen;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells by a path alone, as the tools themselves do, whether a file has a say in the judgement of a
 * change: a test, or what decides how tests, build, CI, lint and coverage run.
 */
public final class JudgeFiles {
  private static final Set<String> TEST_FOLDERS =
      Set.of("test", "tests", "testing", "__tests__", "spec", "specs", "e2e", "testdata");
  private static final Set<String> TEST_PARTS =
      Set.of("__snapshots__", "__mocks__", "test-data", "test_data", "testfixtures");
  private static final Pattern SOURCE_SET =
      Pattern.compile("(?:^|/)src/[a-z0-9_-]*test[a-z0-9_-]*(?:/|$)");
  private static final Pattern TEST_NAME =
      Pattern.compile(
          "(?:test_.*|.*_tests?)\\.py|.*_test\\.(?:go|exs|cc|cpp|c|rb)|.*_spec\\.rb"
              + "|.*[.-](?:test|spec|cy|e2e)\\.(?:[cm]?[jt]sx?)|.*(?:test|tests|testcase|spec|it)\\.(?:kt|groovy|scala)"
              + "|.*(?:test|tests|testcase|it)\\.java|.*\\.snap|.*\\.feature");
  private static final Set<String> CI_NAMES =
      Set.of(
          ".gitlab-ci.yml",
          ".gitlab-ci.yaml",
          "jenkinsfile",
          ".travis.yml",
          "azure-pipelines.yml",
          "azure-pipelines.yaml",
          "bitbucket-pipelines.yml",
          ".drone.yml",
          ".cirrus.yml",
          "appveyor.yml",
          ".appveyor.yml",
          "cloudbuild.yaml",
          ".woodpecker.yml");
  private static final Set<String> CI_FOLDERS =
      Set.of(".github", ".gitlab", ".circleci", ".buildkite", ".woodpecker", ".ci");
  private static final Set<String> BUILD_NAMES =
      Set.of(
          ".gitattributes",
          ".gitmodules",
          "pom.xml",
          "mvnw",
          "mvnw.cmd",
          "gradlew",
          "gradlew.bat",
          "gradle.properties",
          "gradle.lockfile",
          "build.xml",
          "package.json",
          "package-lock.json",
          "npm-shrinkwrap.json",
          "pnpm-lock.yaml",
          "pnpm-workspace.yaml",
          "yarn.lock",
          ".npmrc",
          ".yarnrc",
          ".yarnrc.yml",
          ".pnpmfile.cjs",
          ".nvmrc",
          "lerna.json",
          "nx.json",
          "turbo.json",
          "pyproject.toml",
          "poetry.lock",
          "uv.lock",
          "pdm.lock",
          "pipfile",
          "pipfile.lock",
          "setup.py",
          "setup.cfg",
          "noxfile.py",
          "tasks.py",
          "cargo.toml",
          "cargo.lock",
          "build.rs",
          "rust-toolchain",
          "rust-toolchain.toml",
          "go.mod",
          "go.sum",
          "go.work",
          "go.work.sum",
          "magefile.go",
          "makefile",
          "gnumakefile",
          "justfile",
          "taskfile.yml",
          "cmakelists.txt",
          "meson.build",
          "configure",
          "configure.ac",
          "rakefile",
          "gemfile",
          "gemfile.lock");
  private static final Pattern BUILD_PATTERN =
      Pattern.compile(
          ".*\\.(?:gradle|gradle\\.kts|mk|cmake|bzl)|requirements.*\\.txt|constraints.*\\.txt");
  private static final Set<String> BUILD_FOLDERS =
      Set.of(".mvn", "gradle", "buildsrc", ".cargo", ".yarn");
  private static final Set<String> SETTINGS_NAMES =
      Set.of(
          ".capstanignore",
          "conftest.py",
          "pytest.ini",
          ".pytest.ini",
          "tox.ini",
          ".coveragerc",
          "mypy.ini",
          ".pylintrc",
          "pylintrc",
          ".flake8",
          "ruff.toml",
          ".ruff.toml",
          ".bandit",
          "sitecustomize.py",
          "usercustomize.py",
          "junit-platform.properties",
          "testng.xml",
          "surefire.properties",
          "lombok.config",
          "sonar-project.properties",
          "codecov.yml",
          ".codecov.yml",
          "clippy.toml",
          ".clippy.toml",
          "rustfmt.toml",
          ".rustfmt.toml",
          "tarpaulin.toml",
          "detekt.yml",
          ".editorconfig",
          ".mocharc",
          "test-setup.js",
          "biome.json",
          "biome.jsonc",
          ".eslintignore",
          ".prettierignore",
          ".swcrc",
          ".rspec",
          ".simplecov",
          ".rubocop.yml");
  private static final Pattern SETTINGS_PATTERN =
      Pattern.compile(
          "(?:jest|vitest|vite|karma|ava|cypress|playwright|babel|eslint|nyc|c8|wallaby|stryker|prettier|metro|webpack)(?:\\.conf(?:ig)?)(?:\\..*)?"
              + "|(?:vitest|jest)\\.(?:setup|workspace|preset)\\..*"
              + "|\\.(?:mocharc|nycrc|c8rc|eslintrc|babelrc|prettierrc|stylelintrc|istanbul|taprc)(?:\\..*)?"
              + "|tsconfig.*\\.json|jsconfig\\.json|.*\\.pth|\\.golangci\\..*"
              + "|(?:checkstyle|spotbugs|findbugs|pmd|jacoco|detekt|ktlint|errorprone).*\\.(?:xml|yml|yaml|properties)");
  private static final List<String> STEERING_SERVICES =
      List.of(
          "meta-inf/services/org.junit",
          "meta-inf/services/junit",
          "meta-inf/services/org.testng",
          "meta-inf/services/org.assertj",
          "meta-inf/services/org.mockito",
          "meta-inf/services/io.kotest",
          "meta-inf/services/javax.annotation.processing",
          "meta-inf/services/java.",
          "mockito-extensions/");

  private JudgeFiles() {}

  /** What a file that judges is for. */
  public enum Kind {
    /** A test, or what stands beside tests. */
    TEST,
    /** Says how the project is built and what its tools are. */
    BUILD,
    /** Says what a CI server does. */
    CI,
    /**
     * Settings of tests, lint, coverage or Capstan, and what is put in the place of a test tool.
     */
    SETTINGS
  }

  /** Empty if the file at that path (with {@code /}, relative) does not judge. */
  public static Optional<Kind> kindOf(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    if (isCi(lower, name)) {
      return Optional.of(Kind.CI);
    }
    if (isBuild(lower, name)) {
      return Optional.of(Kind.BUILD);
    }
    if (isSettings(lower, name)) {
      return Optional.of(Kind.SETTINGS);
    }
    return isTest(lower, name) ? Optional.of(Kind.TEST) : Optional.empty();
  }

  private static boolean isCi(String path, String name) {
    return CI_NAMES.contains(name) || CI_FOLDERS.contains(firstFolder(path));
  }

  private static boolean isBuild(String path, String name) {
    return BUILD_NAMES.contains(name)
        || BUILD_PATTERN.matcher(name).matches()
        || BUILD_FOLDERS.contains(firstFolder(path));
  }

  private static boolean isSettings(String path, String name) {
    boolean inTests = isTest(path, name);
    return SETTINGS_NAMES.contains(name)
        || SETTINGS_PATTERN.matcher(name).matches()
        || firstFolder(path).equals(".capstan")
        || ("/" + path).contains("/node_modules/")
        || (inTests && ("/" + path).contains("/meta-inf/"))
        || STEERING_SERVICES.stream().anyMatch(part -> ("/" + path).contains("/" + part));
  }

  private static boolean isTest(String path, String name) {
    if (("/" + path).contains("/src/main/")) {
      return false;
    }
    if (TEST_NAME.matcher(name).matches() || SOURCE_SET.matcher(path).find()) {
      return true;
    }
    return List.of(path.split("/", -1)).stream()
        .anyMatch(part -> TEST_FOLDERS.contains(part) || TEST_PARTS.contains(part));
  }

  private static String firstFolder(String path) {
    int slash = path.indexOf('/');
    return slash < 0 ? path : path.substring(0, slash);
  }
}
