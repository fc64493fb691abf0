package dev.capstan.postgres.embedded;

import dev.capstan.core.Sha256;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How the embedded server is set. Given on its command line, where nothing in a file can undo it.
 *
 * <p>No value may hold a blank or a character that means something to a shell.
 */
final class ServerSettings {
  /** What a committed row's survival of a power cut depends on. */
  static final List<String> DURABLE = List.of("fsync", "synchronous_commit", "full_page_writes");

  /** The server carries the fingerprint of its settings under this name. */
  static final String FINGERPRINT = "capstan.settings";

  private static final int FINGERPRINT_DIGITS = 16;

  private static final TreeMap<String, String> ALL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("fsync", "on"),
              Map.entry("synchronous_commit", "on"),
              Map.entry("full_page_writes", "on"),
              Map.entry("shared_buffers", "192MB"),
              Map.entry("max_wal_size", "1GB"),
              Map.entry("max_connections", "100"),
              Map.entry("autovacuum_naptime", "10s"),
              Map.entry("jit", "off"),
              Map.entry("listen_addresses", "127.0.0.1"),
              Map.entry("unix_socket_directories", ""),
              Map.entry("password_encryption", "scram-sha-256"),
              Map.entry("allow_alter_system", "off"),
              Map.entry("timezone", "UTC"),
              Map.entry("log_timezone", "UTC"),
              Map.entry("lc_messages", "C"),
              Map.entry("logging_collector", "on"),
              Map.entry("log_directory", "log"),
              Map.entry("log_filename", "postgres-%a.log"),
              Map.entry("log_file_mode", "0600"),
              Map.entry("log_rotation_age", "1d"),
              Map.entry("log_rotation_size", "0"),
              Map.entry("log_truncate_on_rotation", "on")));

  private ServerSettings() {}

  /** The options for the program {@code postgres}, as pg_ctl wants them: one text. */
  static String options(int port) {
    return asText() + " -c port=" + port + " -c " + FINGERPRINT + '=' + fingerprint();
  }

  /** Changes with any setting and with the release of PostgreSQL. */
  static String fingerprint() {
    return Sha256.hex(PostgresBinaries.version() + asText()).substring(0, FINGERPRINT_DIGITS);
  }

  private static String asText() {
    return ALL.entrySet().stream()
        .map(setting -> "-c " + setting.getKey() + '=' + setting.getValue())
        .collect(Collectors.joining(" "));
  }
}
