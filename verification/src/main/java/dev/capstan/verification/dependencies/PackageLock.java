package dev.capstan.verification.dependencies;

import dev.capstan.verification.dependencies.Dependency.Ecosystem;
import java.util.Map;
import java.util.SortedSet;
import tools.jackson.databind.JsonNode;

/** What npm has chosen, of every depth. */
final class PackageLock {
  private static final String FOLDER = "node_modules/";
  private static final String REGISTRY_FILE = ".tgz";

  private PackageLock() {}

  static void read(String text, SortedSet<Dependency> found) throws UnreadableManifest {
    JsonNode root = JsonText.read(text);
    for (Map.Entry<String, JsonNode> entry : root.path("packages").properties()) {
      int folder = entry.getKey().lastIndexOf(FOLDER);
      JsonNode chosen = entry.getValue();
      if (folder >= 0 && !chosen.path("link").asBoolean(false)) {
        add(entry.getKey().substring(folder + FOLDER.length()), chosen, found);
      }
    }
    for (Map.Entry<String, JsonNode> entry : root.path("dependencies").properties()) {
      add(entry.getKey(), entry.getValue(), found);
    }
  }

  private static void add(String name, JsonNode chosen, SortedSet<Dependency> found) {
    String from = JsonText.text(chosen.path("resolved"));
    boolean elsewhere =
        from.startsWith("git") || (from.startsWith("http") && !from.endsWith(REGISTRY_FILE));
    String version = elsewhere ? from : JsonText.text(chosen.path("version"));
    found.add(new Dependency(Ecosystem.NPM, name, version));
  }
}
