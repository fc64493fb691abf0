package dev.capstan.cli.command;

import dev.capstan.cli.session.Json;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every command has. */
public final class Common {
  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Data folder. Default: $CAPSTAN_HOME, else ~/.capstan.")
  private @Nullable Path data;

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      description =
          "PostgreSQL to use, for example postgresql://capstan@db/capstan, with the password in $PGPASSWORD. Default: $CAPSTAN_DATABASE_URL, else an embedded one.")
  private @Nullable String databaseUrl;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  private final Terminal terminal = Terminal.standard();

  Settings settings() {
    return Settings.of(
        Optional.ofNullable(data), Optional.ofNullable(databaseUrl), System.getenv());
  }

  /**
   * What must be typed after another command to mean the same server; empty for the default one.
   */
  String asOptions() {
    return (data == null ? "" : " --data " + data)
        + (databaseUrl == null ? "" : " --database-url …");
  }

  boolean json() {
    return json;
  }

  Terminal terminal() {
    return terminal;
  }

  /** A server to talk to; with {@code work}, one that does tasks as long as it is open. */
  Session open(boolean work) {
    return Session.open(settings(), work, this::progress);
  }

  private void progress(String what) {
    if (terminal.isLive() && !json) {
      terminal.line(terminal.faint(what));
    }
  }

  /** Something to know beside the result; left out of JSON. */
  void note(String what) {
    if (!json) {
      terminal.line("note: " + Terminal.visible(what));
    }
  }

  void print(Object value) {
    terminal.line(Json.MAPPER.writeValueAsString(value));
  }

  /** Writes a file that was asked for, and says where it is. */
  void write(Path file, String text) throws IOException {
    Files.writeString(file, text, StandardCharsets.UTF_8);
    terminal.line("written to " + file.toAbsolutePath());
  }
}
