package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Json;
import dev.capstan.cli.session.Logins;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
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

  @Option(
      names = "--server",
      paramLabel = "URL",
      description =
          "Talk to this server, in place of a data folder. Paths of repositories are those of its machine. Default: $CAPSTAN_SERVER, if set.")
  private @Nullable String server;

  @Option(
      names = "--token",
      paramLabel = "TOKEN",
      description =
          "The token for --server. Better: $CAPSTAN_TOKEN, which nobody sees in ps; or capstan login.")
  private @Nullable String token;

  @Option(
      names = "--as",
      paramLabel = "ORGANISATION[/PROJECT]",
      description =
          "For --server: where to act, for whoever was granted several roles. Default: $CAPSTAN_AS, else the role that"
              + " comes first.")
  private @Nullable String place;

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
    return (server == null ? "" : " --server " + server)
        + (place == null ? "" : " --as " + place)
        + (data == null ? "" : " --data " + data)
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
    return open(work, this::progress);
  }

  /** The same, which tells what takes long. */
  Session open(boolean work, Consumer<String> progress) {
    if (isRemote()) {
      return remote();
    }
    if (server != null) {
      throw new ApiFailure(ErrorCode.INVALID, "give either --server or --data");
    }
    return Session.open(settings(), work, progress);
  }

  /** True for a server that is not ours to start. */
  boolean isRemote() {
    return data == null && !given(server, "CAPSTAN_SERVER").isEmpty();
  }

  private Session remote() {
    String url = remoteUrl();
    String bearer = given(token, "CAPSTAN_TOKEN");
    Logins logins = logins();
    if (bearer.isEmpty() && !logins.has(url)) {
      throw new ApiFailure(
          ErrorCode.UNAUTHENTICATED,
          "the server "
              + url
              + " wants a token: set CAPSTAN_TOKEN, or give --token; or sign in with capstan login"
              + " --server "
              + url);
    }
    return Session.remote(
        url,
        bearer.isEmpty() ? () -> logins.token(url) : () -> bearer,
        given(place, "CAPSTAN_AS"),
        authorities());
  }

  /** The address that was given; throws {@link ApiFailure} if there is none that could be one. */
  String remoteUrl() {
    String url = given(server, "CAPSTAN_SERVER");
    if (!url.matches("https?://[^/?#\\s]+/*")) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          "--server is a URL such as https://capstan.example.org, not \"" + url + '"');
    }
    return url.replaceAll("/+$", "");
  }

  Optional<Path> authorities() {
    String authorities = given(null, "CAPSTAN_CA");
    return authorities.isEmpty() ? Optional.empty() : Optional.of(Path.of(authorities));
  }

  Logins logins() {
    return Logins.of(System.getenv());
  }

  private static String given(@Nullable String option, String variable) {
    String value = option == null ? System.getenv().getOrDefault(variable, "") : option;
    return value.strip();
  }

  /** Prints what a server answers: as JSON, or as a table with a row for each. */
  <T> int list(Function<Client, List<T>> ask, Table table, BiConsumer<Table, T> row) {
    try (Session session = open(false)) {
      List<T> all = ask.apply(session.client());
      if (json) {
        print(all);
      } else {
        all.forEach(one -> row.accept(table, one));
        table.lines().forEach(terminal::line);
      }
      return ExitCodes.OK;
    }
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
