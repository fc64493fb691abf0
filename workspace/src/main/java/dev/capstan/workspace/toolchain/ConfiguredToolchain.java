package dev.capstan.workspace.toolchain;

/** The toolchain that a repository tells itself. */
final class ConfiguredToolchain {
  static final String FILE = ".capstan/config.yaml";

  private ConfiguredToolchain() {}
}
