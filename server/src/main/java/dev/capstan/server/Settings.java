package dev.capstan.server;

import dev.capstan.sandbox.Limits;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How an installation is run. */
public final class Settings {
  private final Path data;
  private final Optional<String> databaseUrl;
  private final Map<String, String> environment;
  private final Limits limits;

  private Settings(Path data, Optional<String> databaseUrl, Map<String, String> environment) {
    this.data = data;
    this.databaseUrl = databaseUrl;
    this.environment = Map.copyOf(environment);
    this.limits = limits(environment);
  }

  /**
   * The settings for what was given on the command line.
   *
   * @param data empty for {@code $CAPSTAN_HOME}, else {@code ~/.capstan}
   * @param databaseUrl empty for {@code $CAPSTAN_DATABASE_URL}, else the embedded database
   */
  public static Settings of(
      Optional<Path> data, Optional<String> databaseUrl, Map<String, String> environment) {
    Path folder =
        data.or(() ->
                Optional.ofNullable(environment.get("CAPSTAN_HOME"))
                    .filter(home -> !home.isBlank())
                    .map(Path::of))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".capstan"));
    Optional<String> url =
        databaseUrl.or(() ->
            Optional.ofNullable(environment.get("CAPSTAN_DATABASE_URL"))
                .filter(given -> !given.isBlank()));
    return new Settings(folder.toAbsolutePath().normalize(), url, environment);
  }

  /** The data folder. */
  public Path data() {
    return data;
  }

  /** The external database; empty for the embedded one. */
  Optional<String> databaseUrl() {
    return databaseUrl;
  }

  /**
   * What a command in the sandbox may use: {@code $CAPSTAN_MEMORY_LIMIT_MB} and {@code
   * $CAPSTAN_DISK_LIMIT_MB}, each in MiB, or the defaults.
   */
  Limits limits() {
    return limits;
  }

  private static Limits limits(Map<String, String> environment) {
    Limits standard = Limits.DEFAULT;
    return standard
        .withMemoryBytes(bytes(environment, "CAPSTAN_MEMORY_LIMIT_MB", standard.memoryBytes()))
        .withDiskBytes(bytes(environment, "CAPSTAN_DISK_LIMIT_MB", standard.diskBytes()));
  }

  private static long bytes(Map<String, String> environment, String name, long otherwise) {
    String given = environment.getOrDefault(name, "").strip();
    if (given.isEmpty()) {
      return otherwise;
    }
    if (!given.matches("[1-9][0-9]{0,8}")) {
      throw new InvalidSetting(
          name + " is a number of MiB, such as 4096, but was \"" + given + '"');
    }
    return Long.parseLong(given) << 20;
  }

  Map<String, String> environment() {
    return environment;
  }
}
