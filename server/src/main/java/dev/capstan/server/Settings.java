package dev.capstan.server;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** How an installation is run. */
public final class Settings {
  private final Path data;
  private final Optional<String> databaseUrl;
  private final Map<String, String> environment;

  private Settings(Path data, Optional<String> databaseUrl, Map<String, String> environment) {
    this.data = data;
    this.databaseUrl = databaseUrl;
    this.environment = Map.copyOf(environment);
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

  Map<String, String> environment() {
    return environment;
  }
}
