package dev.capstan.postgres.runs;

import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.codec.StateCodec;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunHistory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A run's state at a version: the snapshot, if it may be used, and the events after it. */
final class StateReader {
  private StateReader() {}

  static Run read(Connection connection, RunId run, long version) throws SQLException {
    Snapshot snapshot = snapshot(connection, run, version);
    String sql =
        """
        select version, type, data from event where run_id = ? and version > ? and version <= ? order by version
        """;
    Run state = snapshot.state();
    long at = snapshot.version();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, run.value());
      select.setLong(2, snapshot.version());
      select.setLong(3, version);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          at++;
          if (row.getLong("version") != at) {
            throw new IllegalStateException("the log of run " + run + " has no event " + at);
          }
          state =
              RunHistory.evolve(
                  state, EventCodec.read(row.getString("type"), row.getString("data")));
        }
      }
    }
    if (at != version) {
      throw new IllegalStateException(
          "the log of run " + run + " ends at event " + at + ", not at " + version);
    }
    return state;
  }

  private record Snapshot(Run state, long version) {}

  private static Snapshot snapshot(Connection connection, RunId run, long version)
      throws SQLException {
    String sql =
        """
        select snapshot, snapshot_version from run
        where id = ? and snapshot_codec = ? and snapshot_version <= ?
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, run.value());
      select.setInt(2, StateCodec.VERSION);
      select.setLong(3, version);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? new Snapshot(StateCodec.read(row.getString(1)), row.getLong(2))
            : new Snapshot(new Run.Absent(), 0);
      }
    }
  }
}
