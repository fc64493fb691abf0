package dev.capstan.verification.dependencies;

import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** Gradle's version catalogue. */
final class GradleCatalog {
  private final JsonNode versions;
  private final SortedSet<Dependency> found;

  private GradleCatalog(JsonNode versions, SortedSet<Dependency> found) {
    this.versions = versions;
    this.found = found;
  }

  static void read(String text, SortedSet<Dependency> found) throws UnreadableManifest {
    JsonNode root = TomlText.read(text);
    GradleCatalog catalog = new GradleCatalog(root.path("versions"), found);
    root.path("libraries").forEach(library -> catalog.add(library, "module", ""));
    root.path("plugins").forEach(plugin -> catalog.add(plugin, "id", "plugin:"));
  }

  private void add(JsonNode entry, String key, String prefix) {
    if (entry.isString()) {
      int colon = entry.asString().lastIndexOf(':');
      String name = colon < 0 ? entry.asString() : entry.asString().substring(0, colon);
      String version = colon < 0 ? "" : entry.asString().substring(colon + 1);
      found.add(new Dependency(Ecosystem.MAVEN, prefix + name, version));
      return;
    }
    String name =
        entry.has(key)
            ? TomlText.text(entry.path(key))
            : TomlText.text(entry.path("group")) + ":" + TomlText.text(entry.path("name"));
    found.add(new Dependency(Ecosystem.MAVEN, prefix + name, version(entry.path("version"))));
  }

  private String version(JsonNode version) {
    if (version.has("ref")) {
      JsonNode named = versions.path(TomlText.text(version.path("ref")));
      return named.has("ref") ? "" : version(named);
    }
    return version.isObject()
        ? TomlText.text(version.path(version.has("strictly") ? "strictly" : "require"))
        : TomlText.text(version);
  }
}
