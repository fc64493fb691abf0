package dev.capstan.verification.dependencies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each manifest by example, and what is wrong with a dependency. */
final class ManifestsTest {
  @Test
  void a_pom_names_parent_dependencies_plugins_and_those_of_profiles() throws Exception {
    assertThat(
            read(
                "pom.xml",
                """
                <project>
                  <parent><groupId>p</groupId><artifactId>parent</artifactId><version>1</version></parent>
                  <properties><v>2.${minor}</v><minor>7</minor></properties>
                  <dependencies>
                    <dependency><groupId>a</groupId><artifactId>b</artifactId><version>${v}</version></dependency>
                    <dependency><groupId>${project.groupId}</groupId><artifactId>own</artifactId><version>${project.version}</version></dependency>
                    <dependency><groupId>c</groupId><artifactId>d</artifactId><scope>system</scope><systemPath>/x.jar</systemPath></dependency>
                  </dependencies>
                  <build><plugins><plugin><artifactId>maven-x-plugin</artifactId><version>3</version></plugin></plugins></build>
                  <profiles><profile><id>i</id><dependencies>
                    <dependency><groupId>e</groupId><artifactId>f</artifactId></dependency>
                  </dependencies></profile></profiles>
                </project>
                """))
        .containsExactly(
            "a:b 2.7",
            "c:d file:/x.jar",
            "e:f",
            "org.apache.maven.plugins:maven-x-plugin 3",
            "p:own",
            "p:parent 1");
  }

  @Test
  void properties_in_a_circle_end() throws Exception {
    assertThat(
            read(
                "pom.xml",
                "<project><properties><a>${b}${b}</a><b>${a}${a}</b></properties><dependencies><dependency>"
                    + "<groupId>g</groupId><artifactId>x</artifactId><version>${a}</version></dependency>"
                    + "</dependencies></project>"))
        .hasSize(1);
  }

  @Test
  void a_gradle_script_is_read_by_its_lines() throws Exception {
    assertThat(
            read(
                "app/build.gradle.kts",
                """
                plugins { id("org.example.tool") version "1.2" }
                dependencies {
                  implementation("a:b:1.0")
                  testImplementation 'c:d:2.+'
                  api group: 'e', name: 'f', version: '3'
                  implementation(project(":core"))
                  runtimeOnly(files("libs/x.jar"))
                  // implementation("not:this:1")
                }
                """))
        .contains("a:b 1.0", "c:d 2.+", "e:f 3", "plugin:org.example.tool 1.2")
        .noneMatch(name -> name.startsWith("not:"))
        .anyMatch(name -> name.contains("x.jar"));
  }

  @Test
  void a_catalogue_resolves_its_versions_once() throws Exception {
    assertThat(
            read(
                "gradle/libs.versions.toml",
                """
                [versions]
                one = "1.0"
                round = { ref = "round" }
                [libraries]
                a = { module = "a:b", version.ref = "one" }
                b = "c:d:2"
                c = { group = "e", name = "f", version = { ref = "round" } }
                """))
        .containsExactly("a:b 1.0", "c:d 2", "e:f");
  }

  @Test
  void npm_s_manifest_and_locks() throws Exception {
    assertThat(
            read(
                "package.json",
                """
                {"dependencies": {"a": "^1.2.3", "b": "npm:c@2"}, "devDependencies": {"d": "x/y"},
                 "peerDependencies": {"e": "*"}}
                """))
        .containsExactly("a ^1.2.3", "c 2", "d x/y");
    assertThat(
            read(
                "package-lock.json",
                """
                {"packages": {"": {"name": "own"},
                  "node_modules/a": {"version": "1.2.4", "resolved": "https://registry/a-1.2.4.tgz"},
                  "node_modules/a/node_modules/@s/b": {"version": "2.0.0"},
                  "node_modules/g": {"version": "1.0.0", "resolved": "git+ssh://git@host/g.git#1"}}}
                """))
        .containsExactly("@s/b 2.0.0", "a 1.2.4", "g git+ssh://git@host/g.git#1");
    assertThat(
            read(
                "pnpm-lock.yaml",
                """
                lockfileVersion: '9.0'
                packages:
                  '@s/b@2.0.0(react@18)':
                    resolution: {integrity: x}
                  a@1.2.4:
                    resolution: {integrity: y}
                snapshots:
                  c@1.0.0: {}
                """))
        .containsExactly("@s/b 2.0.0", "a 1.2.4");
  }

  @Test
  void python_s_manifests() throws Exception {
    assertThat(
            read(
                "requirements-dev.txt",
                """
                # comment
                Requests[socks]==2.31.0 ; python_version > "3"
                -r other.txt
                any_thing
                git+https://host/x.git@main#egg=x
                direct @ https://host/d.whl
                """))
        .containsExactly(
            "any-thing *",
            "direct https://host/d.whl",
            "git+https://host/x.git@main#egg=x git+https://host/x.git@main#egg=x",
            "requests ==2.31.0");
    assertThat(
            read(
                "pyproject.toml",
                """
                [project]
                dependencies = ["a>=1,<2", "b"]
                [tool.poetry.dependencies]
                python = "^3.11"
                c = {git = "https://host/c.git"}
                [build-system]
                requires = ["hatchling==1.2"]
                """))
        .containsExactly("a >=1,<2", "b *", "c git+https://host/c.git", "hatchling ==1.2");
  }

  @Test
  void go_and_cargo() throws Exception {
    assertThat(
            read(
                "go.mod",
                """
                module example.org/own
                go 1.22
                require (
                  github.com/a/b v1.2.3
                  github.com/c/d v0.0.0-20240101120000-abcdefabcdef // indirect
                )
                require golang.org/x/text v0.14.0
                replace github.com/a/b => ../b
                """))
        .containsExactly(
            "github.com/a/b file:../b", "github.com/a/b v1.2.3", "golang.org/x/text v0.14.0");
    assertThat(
            read(
                "Cargo.toml",
                """
                [dependencies]
                serde = { version = "1.0", features = ["derive"] }
                own = { path = "../own" }
                other = { git = "https://host/o" }
                [dev-dependencies]
                rand = "*"
                """))
        .containsExactly("other git+https://host/o", "own file:../own", "rand *", "serde 1.0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pom.xml", "package.json", "package-lock.json", "pyproject.toml", "Cargo.toml"})
  void a_broken_manifest_is_said_to_be(String path) {
    assertThatThrownBy(() -> read(path, "<{[ =")).isInstanceOf(UnreadableManifest.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pom.xml",
        "build.gradle",
        "package.json",
        "pnpm-lock.yaml",
        "requirements.txt",
        "pyproject.toml",
        "go.mod",
        "Cargo.toml",
        "libs.versions.toml"
      })
  void hostile_text_takes_no_time_and_throws_nothing_else(String path) {
    for (String piece :
        List.of(
            "[", "a = [", "{\"a\":", "<a>", "a==", "'a:", "<!ENTITY a \"&a;&a;\">", "[a.", "=> ")) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            try {
              Manifests.read(path, piece.repeat(60_000));
            } catch (UnreadableManifest expected) {
              assertThat(expected).hasMessageStartingWith("not ");
            }
          });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "MAVEN, 1.0-SNAPSHOT, snapshot",
    "MAVEN, '[1,)', any",
    "MAVEN, 2.0.0-RC1, pre-release",
    "MAVEN, 2.+, any",
    "MAVEN, file:/x.jar, file",
    "NPM, *, any",
    "NPM, latest, any",
    "NPM, '', any",
    "NPM, user/repo, registry",
    "NPM, git+ssh://git@host/x, registry",
    "NPM, https://host/x.tgz, registry",
    "NPM, 2.0.0-beta.1, pre-release",
    "NPM, file:../x.tgz, file",
    "PYTHON, *, any",
    "PYTHON, ==1.0rc1, pre-release",
    "PYTHON, git+https://host/x, registry",
    "GO, v0.0.0-20240101120000-abcdefabcdef, commit",
    "CARGO, git+https://host/o, registry",
    "CARGO, 1.0.0-alpha, pre-release"
  })
  void what_is_wrong_is_said(Dependency.Ecosystem ecosystem, String version, String word) {
    assertThat(Risk.of(new Dependency(ecosystem, "n", version)))
        .hasValueSatisfying(risk -> assertThat(risk.words()).contains(word));
  }

  @ParameterizedTest
  @CsvSource({
    "MAVEN, 2.0.0-RC1, true",
    "NPM, 2.0.0-beta.1, true",
    "CARGO, 1.0.0-alpha, true",
    "PYTHON, *, true",
    "PYTHON, ==1.0rc1, true",
    "PYTHON, git+https://host/x, false",
    "MAVEN, 1.0-SNAPSHOT, false",
    "MAVEN, '[1,)', false",
    "NPM, *, false",
    "NPM, user/repo, false",
    "GO, v0.0.0-20240101120000-abcdefabcdef, false"
  })
  void only_what_honest_people_write_too_is_a_question(
      Dependency.Ecosystem ecosystem, String version, boolean open) {
    assertThat(Risk.of(new Dependency(ecosystem, "n", version)))
        .hasValueSatisfying(risk -> assertThat(risk.open()).isEqualTo(open));
  }

  @ParameterizedTest
  @CsvSource({
    "MAVEN, 33.0.0-jre", "MAVEN, 5.10.0.Final", "MAVEN, ''", "MAVEN, 1.2.3", "NPM, ^1.2.3",
    "NPM, ~1.2", "NPM, workspace:*", "NPM, file:../own", "NPM, '>=1.2 <2'", "PYTHON, '>=1,<2'",
    "PYTHON, ==2.31.0", "PYTHON, ^1.2", "GO, v1.2.3", "GO, v2.0.0+incompatible", "CARGO, 1.0",
    "CARGO, file:../own"
  })
  void what_is_usual_is_not_wrong(Dependency.Ecosystem ecosystem, String version) {
    assertThat(Risk.of(new Dependency(ecosystem, "n", version))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "GPL-3.0-only, GPL-3.0, true",
    "GPL-3.0-or-later, GPL-3.0-only, true",
    "'GNU General Public License, version 3', GPL-3.0, true",
    "GNU GPL v2, GPL, true",
    "LGPL-2.1, GPL, false",
    "GNU Affero General Public License v3, AGPL-3.0, true",
    "'The Apache Software License, Version 2.0', GPL-3.0, false",
    "(MIT OR GPL-3.0), GPL-3.0, false",
    "MIT AND GPL-3.0, GPL-3.0, true",
    "'GPL v2 with the Classpath Exception', GPL-2.0, false",
    "The MIT License, MIT, true",
    "Something else, GPL-3.0, false"
  })
  void a_forbidden_licence_is_known_by_its_names(String licence, String forbidden, boolean is) {
    assertThat(Licence.isForbidden(licence, List.of(forbidden))).isEqualTo(is);
  }

  private static List<String> read(String path, String text) throws UnreadableManifest {
    return Manifests.read(path, text).stream().map(Dependency::toString).toList();
  }
}
