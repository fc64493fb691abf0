package dev.capstan.postgres.runs;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Which positions of the log are settled. Positions are given out in one order and committed in
 * another, and the age of a transaction says nothing of the positions it will take. So a writer
 * first says, by a shared advisory lock that ends with its transaction, which position it stays
 * above; a reader stays at or below every writer's.
 */
final class Positions {
  /** The upper 16 bits of the locks' keys; the others are the position. */
  private static final long MARK = 0x4361L;

  private static final String SEQUENCE = "event_position_seq";

  /** A sequence that gave nothing yet stands at the value that it will give first. */
  private static final String LAST_GIVEN =
      "select last_value - case when is_called then 0 else 1 end from ";

  /** To be executed before positions are taken, in the same transaction. Waits for nobody. */
  static final String ANNOUNCEMENT =
      """
      select pg_advisory_xact_lock_shared((%d::bigint << 48) + last_value - case when is_called then 0 else 1 end) from %s
      """
          .formatted(MARK, SEQUENCE);

  private Positions() {}

  /**
   * No event at or below this position can still appear to a statement that begins later.
   *
   * <p>The order of the two looks is what makes it true: who took a position before the first look
   * is seen by the second, or has committed.
   */
  static long settled(Connection connection) throws SQLException {
    long given = number(connection, LAST_GIVEN + SEQUENCE);
    String sql =
        """
        select coalesce(min(((classid::bigint << 32) | objid::bigint) & ((1::bigint << 48) - 1)), %d)
        from pg_locks where locktype = 'advisory' and objsubid = 1 and classid::bigint >> 16 = %d
          and database = (select oid from pg_database where datname = current_database())
        """
            .formatted(given, MARK);
    return Math.min(given, number(connection, sql));
  }

  private static long number(Connection connection, String sql) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row = select.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
