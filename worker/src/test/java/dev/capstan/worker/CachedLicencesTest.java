package dev.capstan.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.verification.dependencies.Dependency;
import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Licences of what was downloaded before. */
final class CachedLicencesTest {
  @TempDir Path folder;
  private CachedLicences licences;

  @BeforeEach
  void open() {
    licences = new CachedLicences(folder.resolve("cache"));
  }

  @Test
  void a_pom_without_a_licence_has_its_parent_s() throws IOException {
    write(
        "cache/m2/a/b/own/1/own-1.pom",
        "<project><parent><groupId>a.b</groupId><artifactId>up</artifactId><version>2</version></parent></project>");
    write(
        "cache/m2/a/b/up/2/up-2.pom",
        "<project><licenses><license><name>MIT</name></license><license><name>GPL-2.0</name></license></licenses></project>");
    assertThat(licences.of(maven("a.b:own", "1"))).contains("MIT OR GPL-2.0");
    assertThat(licences.of(maven("a.b:own", "2"))).isEmpty();
  }

  @Test
  void parents_in_a_circle_state_nothing() throws IOException {
    write(
        "cache/m2/a/b/1/b-1.pom",
        "<project><parent><groupId>a</groupId><artifactId>b</artifactId><version>1</version></parent></project>");
    assertThat(licences.of(maven("a:b", "1"))).isEmpty();
  }

  @Test
  void a_package_of_npm_states_its_own() throws IOException {
    write("cache/prepared-1/node_modules/@s/p/package.json", "{\"license\": \"ISC\"}");
    write(
        "cache/prepared-1/node_modules/old/package.json", "{\"licenses\": [{\"type\": \"MIT\"}]}");
    write("cache/prepared-1/node_modules/broken/package.json", "{");
    assertThat(licences.of(npm("@s/p"))).contains("ISC");
    assertThat(licences.of(npm("old"))).contains("MIT");
    assertThat(licences.of(npm("broken"))).isEmpty();
    assertThat(licences.of(npm("absent"))).isEmpty();
  }

  @Test
  void no_name_leads_out_of_the_cache_and_no_link_is_followed() throws IOException {
    write("package.json", "{\"license\": \"MIT\"}");
    write(
        "outside/1/outside-1.pom",
        "<project><licenses><license><name>MIT</name></license></licenses></project>");
    write("cache/prepared-1/node_modules/.keep", "");
    Path link = folder.resolve("cache/prepared-1/node_modules/link");
    Files.createDirectories(link);
    Files.createSymbolicLink(link.resolve("package.json"), folder.resolve("package.json"));
    assertThat(licences.of(npm("link"))).isEmpty();
    assertThat(licences.of(npm("../../.."))).isEmpty();
    assertThat(licences.of(maven("..:outside", "1"))).isEmpty();
    assertThat(licences.of(maven("a:..", "../../outside"))).isEmpty();
  }

  private static Dependency maven(String name, String version) {
    return new Dependency(Ecosystem.MAVEN, name, version);
  }

  private static Dependency npm(String name) {
    return new Dependency(Ecosystem.NPM, name, "1.0.0");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
