package dev.capstan.verification.dependencies;

import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** Cargo's manifest, of a package or a workspace. */
final class CargoToml {
  private static final List<String> GROUPS =
      List.of("dependencies", "dev-dependencies", "build-dependencies");

  private CargoToml() {}

  static void read(String text, SortedSet<Dependency> found) throws UnreadableManifest {
    JsonNode root = TomlText.read(text);
    addGroups(root, found);
    addGroups(root.path("workspace"), found);
    root.path("target").forEach(target -> addGroups(target, found));
    root.path("patch").forEach(registry -> addTable(registry, found));
    addTable(root.path("replace"), found);
  }

  private static void addGroups(JsonNode place, SortedSet<Dependency> found) {
    GROUPS.forEach(group -> addTable(place.path(group), found));
  }

  private static void addTable(JsonNode table, SortedSet<Dependency> found) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      String other = TomlText.text(entry.getValue().path("package"));
      String name = other.isEmpty() ? entry.getKey() : other;
      found.add(new Dependency(Ecosystem.CARGO, name, Tables.version(entry.getValue())));
    }
  }
}
