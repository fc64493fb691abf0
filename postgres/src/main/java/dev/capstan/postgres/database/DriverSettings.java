package dev.capstan.postgres.database;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.postgresql.ds.PGSimpleDataSource;

/** How we set the JDBC driver, for batches of prepared statements; what the URL says wins. */
final class DriverSettings {
  private static final TreeMap<String, String> OURS = new TreeMap<>();

  static {
    OURS.put("ApplicationName", "capstan");
    OURS.put("connectTimeout", "10");
    OURS.put("loginTimeout", "15");
    OURS.put("prepareThreshold", "1");
    OURS.put("reWriteBatchedInserts", "true");
    OURS.put("tcpKeepAlive", "true");
  }

  private DriverSettings() {}

  /** Opens a new connection at each call; not a pool. */
  static PGSimpleDataSource source(DatabaseAddress address) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    setUrl(source, address);
    source.setUser(address.user());
    source.setPassword(address.password());
    return source;
  }

  private static void setUrl(PGSimpleDataSource source, DatabaseAddress address) {
    try {
      source.setUrl(url(address));
    } catch (IllegalArgumentException _) { // its message would hold the options, secrets too
      throw new DatabaseUnavailable(
          DatabaseUnavailable.Reason.BAD_URL,
          "The driver does not understand the database URL of "
              + address
              + ". Check its host, its port (1 to 65535) and what follows the '?'.");
    }
  }

  static String url(DatabaseAddress address) {
    Set<String> theirs =
        Arrays.stream(address.options().split("&", -1))
            .map(option -> option.split("=", 2)[0])
            .collect(Collectors.toSet());
    String added =
        OURS.entrySet().stream()
            .filter(one -> !theirs.contains(one.getKey()))
            .map(one -> one.getKey() + '=' + one.getValue())
            .collect(Collectors.joining("&"));
    String url = address.jdbcUrl();
    return added.isEmpty() ? url : url + (address.options().isEmpty() ? '?' : '&') + added;
  }
}
