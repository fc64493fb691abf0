package dev.capstan.verification.dependencies;

import java.util.Map;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** A Python project's own file: the standard's tables, dependency groups, and Poetry's. */
final class PyProject {
  private PyProject() {}

  static void read(String text, SortedSet<Dependency> found) throws UnreadableManifest {
    JsonNode root = TomlText.read(text);
    addList(root.path("project").path("dependencies"), found);
    addLists(root.path("project").path("optional-dependencies"), found);
    addLists(root.path("dependency-groups"), found);
    addList(root.path("build-system").path("requires"), found);
    JsonNode poetry = root.path("tool").path("poetry");
    addTable(poetry.path("dependencies"), found);
    addTable(poetry.path("dev-dependencies"), found);
    poetry.path("group").forEach(group -> addTable(group.path("dependencies"), found));
  }

  private static void addLists(JsonNode lists, SortedSet<Dependency> found) {
    lists.forEach(list -> addList(list, found));
  }

  private static void addList(JsonNode list, SortedSet<Dependency> found) {
    list.forEach(item -> {
      if (item.isString()) {
        Requirements.add(item.asString(), found);
      }
    });
  }

  private static void addTable(JsonNode table, SortedSet<Dependency> found) {
    for (Map.Entry<String, JsonNode> entry : table.properties()) {
      if (!entry.getKey().equals("python")) {
        found.add(Requirements.dependency(entry.getKey(), Tables.version(entry.getValue())));
      }
    }
  }
}
