package dev.capstan.cli.command;

import dev.capstan.cli.session.Service;
import dev.capstan.cli.view.Terminal;
import dev.capstan.server.Configuration;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capstan server}. */
@Command(
    name = "server",
    description = "Run a server that others reach, until it is told to end (SIGTERM).",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan server --config /etc/capstan/capstan.yaml",
      "  capstan server --listen 127.0.0.1:8080"
    })
final class ServerCommand implements Callable<Integer> {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML; variables go before them. See docs/configuration.md.")
  private @Nullable Path config;

  @Option(
      names = "--listen",
      paramLabel = "HOST:PORT",
      description = "Where to listen. Default: $CAPSTAN_LISTEN, else 127.0.0.1:8080.")
  private @Nullable String listen;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Data folder. Default: $CAPSTAN_HOME, else ~/.capstan.")
  private @Nullable Path data;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description = "PostgreSQL to use. Default: $CAPSTAN_DATABASE_URL, else an embedded one.")
  private @Nullable String databaseUrl;

  @Override
  public Integer call() throws InterruptedException {
    Service service =
        Service.start(Configuration.of(Optional.ofNullable(config), System.getenv(), overrides()));
    Terminal terminal = Terminal.standard();
    service
        .server()
        .firstToken()
        .ifPresent(
            token -> terminal.line("token of the first admin, which is not shown again: " + token));
    terminal.line("listening on " + service.server().url());
    service.server().workersUrl().ifPresent(url -> terminal.line("workers connect to " + url));
    service.await();
    return ExitCodes.OK;
  }

  private Map<String, String> overrides() {
    Map<String, String> given = new HashMap<>();
    if (listen != null) {
      given.put("CAPSTAN_LISTEN", listen);
    }
    if (data != null) {
      given.put("CAPSTAN_HOME", data.toString());
    }
    if (databaseUrl != null) {
      given.put("CAPSTAN_DATABASE_URL", databaseUrl);
    }
    return given;
  }
}
