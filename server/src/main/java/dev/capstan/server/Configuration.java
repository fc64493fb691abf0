package dev.capstan.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a server for many people is run: {@code capstan.yaml} and variables, of which a variable goes
 * before the file.
 *
 * @param settings of its installation
 * @param listening where it is reached
 * @param workers where workers on other machines connect
 * @param limits of requests
 * @param drain how long it waits for requests under way when it is to end
 */
public record Configuration(
    Settings settings,
    Listening listening,
    Optional<WorkersDoor> workers,
    RequestLimits limits,
    Duration drain) {
  private static final String USUAL_ADDRESS = "127.0.0.1:8080";
  private static final int USUAL_DRAIN = 30;

  /** Minutes between two fetches of a project by a server that is always there. */
  private static final String USUAL_PROJECTS = "15";

  /**
   * Reads it whole; throws {@link InvalidSetting} with every mistake.
   *
   * @param file empty for variables alone
   * @param overrides variables as the command line gives them, which go before all
   */
  public static Configuration of(
      Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
    Optional<ConfigurationFile> read = file.map(ConfigurationFile::read);
    Map<String, String> values = new HashMap<>();
    List<String> mistakes = new ArrayList<>();
    read.ifPresent(given -> {
      mistakes.addAll(given.mistakes());
      given.values().forEach((key, value) -> values.put(key.variable(), value));
    });
    values.putAll(given(environment));
    values.putAll(overrides);
    values.putIfAbsent(Key.PROJECTS_MINUTES.variable(), USUAL_PROJECTS);
    for (Key key : Key.values()) {
      String value = key.in(values, "");
      if (!value.isEmpty()) {
        key.fault(value).ifPresent(fault -> mistakes.add(place(key, value, read) + fault));
      }
    }
    Optional<Listening> listening =
        mistakes.isEmpty() ? listening(values, mistakes) : Optional.empty();
    Optional<WorkersDoor> workers =
        listening.flatMap(open -> WorkersDoor.of(values, open, mistakes));
    if (!mistakes.isEmpty()) {
      throw new InvalidSetting(String.join("\n", mistakes));
    }
    return new Configuration(
        Settings.of(Optional.empty(), Optional.empty(), values),
        listening.orElseThrow(),
        workers,
        RequestLimits.of(values),
        Duration.ofSeconds(Key.DRAIN_SECONDS.in(values, USUAL_DRAIN)));
  }

  /** An empty variable is none. */
  private static Map<String, String> given(Map<String, String> environment) {
    Map<String, String> given = new HashMap<>(environment);
    given.values().removeIf(String::isBlank);
    return given;
  }

  private static String place(Key key, String value, Optional<ConfigurationFile> file) {
    return file.filter(read -> value.equals(read.values().get(key)))
        .map(read -> read.place(key))
        .orElse(key.variable() + " (" + key.path() + ") ");
  }

  private static Optional<Listening> listening(Map<String, String> values, List<String> mistakes) {
    String certificate = Key.TLS_CERTIFICATE.in(values, "");
    String key = Key.TLS_KEY.in(values, "");
    if (certificate.isEmpty() != key.isEmpty()) {
      mistakes.add(
          "tls needs both certificate and key; "
              + (key.isEmpty() ? "tls.key" : "tls.certificate")
              + " is missing");
    }
    Optional<Listening.Tls> tls =
        certificate.isEmpty() || key.isEmpty()
            ? Optional.empty()
            : Optional.of(new Listening.Tls(Path.of(certificate), Path.of(key)));
    Optional<Listening> listening = Listening.parse(Key.LISTEN.in(values, USUAL_ADDRESS), tls);
    boolean open = listening.isPresent() && tls.isEmpty() && !listening.get().isLoopback();
    if (open && !Key.ALLOW_PLAINTEXT.in(values, "false").equals("true")) {
      mistakes.add(
          "listen: "
              + Key.LISTEN.in(values, USUAL_ADDRESS)
              + " is reached from outside this machine, and tokens would be sent in the clear:"
              + " set tls.certificate and tls.key, or allowPlaintext: true behind a proxy that"
              + " speaks TLS");
    }
    return listening;
  }
}
