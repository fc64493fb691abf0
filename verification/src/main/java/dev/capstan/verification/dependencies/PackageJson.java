package dev.capstan.verification.dependencies;

import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.List;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** The manifest of npm, pnpm and Yarn. What it wants of its users is not what it depends on. */
final class PackageJson {
  private static final List<String> GROUPS =
      List.of(
          "dependencies", "devDependencies", "optionalDependencies", "resolutions", "overrides");

  private PackageJson() {}

  static void read(String text, SortedSet<Dependency> found) throws UnreadableManifest {
    JsonNode root = JsonText.read(text);
    GROUPS.forEach(group -> add(root.path(group), found));
    add(root.path("pnpm").path("overrides"), found);
  }

  private static void add(JsonNode group, SortedSet<Dependency> found) {
    group
        .properties()
        .forEach(entry -> {
          if (entry.getValue().isString()) {
            found.add(dependency(entry.getKey(), entry.getValue().asString()));
          }
        });
  }

  /** {@code "a": "npm:b@1"} depends on b. */
  private static Dependency dependency(String name, String version) {
    if (version.startsWith("npm:")) {
      String other = version.substring("npm:".length());
      int at = other.indexOf('@', 1);
      return at < 0
          ? new Dependency(Ecosystem.NPM, other, "*")
          : new Dependency(Ecosystem.NPM, other.substring(0, at), other.substring(at + 1));
    }
    return new Dependency(Ecosystem.NPM, name, version);
  }
}
