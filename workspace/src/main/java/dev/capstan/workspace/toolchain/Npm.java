package dev.capstan.workspace.toolchain;

import java.util.List;
import java.util.Map;

/** How npm is called: on the project's own cache, for a log and not for a terminal. */
public final class Npm {
  /** The name of its toolchain. */
  public static final String NAME = "npm";

  static final Cache CACHE = Cache.named("npm");

  private Npm() {}

  /** For every command that takes packages: scripts of packages are code of strangers. */
  public static final List<String> QUIET = List.of("--ignore-scripts", "--no-audit", "--no-fund");

  /** Variables for every call. */
  public static Map<String, String> environment() {
    return Map.of(
        "npm_config_cache",
        CACHE.insidePath(),
        "npm_config_update_notifier",
        "false",
        "CI",
        "true");
  }
}
