package dev.capstan.workspace.toolchain;

import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The parts of a package.json that say how it is tested. */
record PackageJson(JsonNode root) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  /** Throws {@link Unusable} where the text is no JSON object. */
  static PackageJson parse(String text) throws Unusable {
    try {
      JsonNode root = MAPPER.readTree(text);
      if (!root.isObject()) {
        throw new Unusable("package.json is not a JSON object. Mend it.");
      }
      return new PackageJson(root);
    } catch (JacksonException bad) {
      throw new Unusable(
          "package.json, line %d: %s. Mend it."
              .formatted(ConfigFile.line(bad), bad.getOriginalMessage()));
    }
  }

  /** The script of this name; npm's own stand-in for a missing test is none. */
  Optional<String> script(String name) {
    return root.path("scripts")
        .path(name)
        .stringValueOpt()
        .map(String::strip)
        .filter(script -> !script.isEmpty() && !script.contains("no test specified"));
  }

  boolean dependsOn(String packageName) {
    return Stream.of("devDependencies", "dependencies", "optionalDependencies")
        .anyMatch(kind -> root.path(kind).has(packageName));
  }

  /** True if there is anything to install. */
  boolean needsSetUp() {
    return root.has("workspaces")
        || Stream.of("devDependencies", "dependencies", "optionalDependencies")
            .anyMatch(kind -> !root.path(kind).isEmpty());
  }
}
