package dev.capstan.postgres.embedded;

import java.util.Locale;

/**
 * A system and machine that there are binaries for.
 *
 * @param system {@code linux} or {@code darwin}
 * @param machine {@code x86_64} or {@code arm_64}
 */
record Platform(String system, String machine) {

  static Platform current() {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static Platform of(String osName, String osArch) {
    String name = osName.toLowerCase(Locale.ROOT);
    String system = name.startsWith("linux") ? "linux" : name.startsWith("mac") ? "darwin" : "";
    String machine =
        switch (osArch) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64", "arm64" -> "arm_64";
          default -> "";
        };
    if (system.isEmpty() || machine.isEmpty()) {
      throw new EmbeddedPostgresFailed(
          "There is no built-in PostgreSQL for "
              + osName
              + " on "
              + osArch
              + ", only for Linux and macOS on x86-64 and arm64. Use a PostgreSQL of your own with"
              + " --database-url.");
    }
    return new Platform(system, machine);
  }

  /** The name of the archive at the root of the artifact with the binaries. */
  String archive() {
    return "postgres-" + system + '-' + machine + ".txz";
  }

  @Override
  public String toString() {
    return system + '-' + machine;
  }
}
