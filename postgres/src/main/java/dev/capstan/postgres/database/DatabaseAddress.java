package dev.capstan.postgres.database;

import java.util.Map;

/**
 * Where a database is and who we are there. The text form never holds the password.
 *
 * @param hosts a name or an address, with or without {@code :port}, or several with commas
 * @param database the name of the database, decoded
 * @param options what follows the {@code ?} of a URL, without user and password; may be empty
 * @param user the role to log in as
 * @param password the role's password; empty if none is needed
 */
public record DatabaseAddress(
    String hosts, String database, String options, String user, String password) {

  /**
   * Reads {@code postgresql://}, {@code postgres://} and {@code jdbc:postgresql://} URLs, with the
   * user and password before the {@code @} or as parameters, else from {@code PGUSER} and {@code
   * PGPASSWORD}.
   *
   * @throws DatabaseUnavailable if the text is not such a URL or names no user
   */
  public static DatabaseAddress parse(String url, Map<String, String> environment) {
    return new DatabaseUrlParser(url, environment).parse();
  }

  /** The same server and role, another database. */
  public DatabaseAddress withDatabase(String name) {
    return new DatabaseAddress(hosts, name, options, user, password);
  }

  /** A URL for the JDBC driver, without user and password. */
  public String jdbcUrl() {
    String name = DatabaseUrlParser.encode(database);
    return "jdbc:postgresql://" + hosts + '/' + name + (options.isEmpty() ? "" : '?' + options);
  }

  /** For people: where, and as whom. */
  @Override
  public String toString() {
    return "postgresql://" + user + '@' + hosts + '/' + database;
  }
}
