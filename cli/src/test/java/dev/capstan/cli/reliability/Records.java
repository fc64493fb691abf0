package dev.capstan.cli.reliability;

import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.RunQueries.Found;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.RunId;
import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.Transactions;
import dev.capstan.postgres.embedded.DataFolder;
import dev.capstan.postgres.embedded.EmbeddedPostgres;
import dev.capstan.postgres.embedded.Ownership;
import dev.capstan.postgres.records.PostgresArtifacts;
import dev.capstan.postgres.runs.PostgresRunQueries;
import dev.capstan.postgres.runs.Signal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/**
 * What the database of a data folder holds about a run, read while nobody owns the folder.
 *
 * @param mark what the processes of its sandboxes have in their environment
 * @param tasks how many are left, of any run
 * @param openEffects how many are not known to be done, of any run
 * @param repeated how often a command of a step or of its verification was started again
 */
record Records(
    String mark,
    Found run,
    List<Recorded> events,
    List<Artifact> artifacts,
    long tasks,
    long openEffects,
    long effects,
    long repeated) {
  private static final int ALL = 100_000;

  /** Throws if another process owns the folder. */
  static Records read(Path data, RunId run) {
    return switch (DataFolder.tryOwn(data)) {
      case Ownership.OwnedBy owner -> throw new AssertionError("the data folder has " + owner);
      case Ownership.Owned(var folder) -> {
        try (DataFolder owned = folder;
            EmbeddedPostgres postgres = EmbeddedPostgres.start(owned, owned.path());
            Database database = Database.open(postgres.address())) {
          yield read(database.transactions(), run);
        }
      }
    };
  }

  /** From a database that is open. */
  static Records read(Transactions transactions, RunId run) {
    PostgresRunQueries queries = new PostgresRunQueries(transactions, new Signal());
    String of = " where run_id = '" + run + "'";
    return new Records(
        "CAPSTAN_INSTALLATION=" + text(transactions, "select id from installation"),
        queries.find(run).orElseThrow(() -> new AssertionError("run " + run + " is lost")),
        queries.events(run, 0, ALL),
        new PostgresArtifacts(transactions).of(run),
        number(transactions, "select count(*) from task"),
        number(transactions, "select count(*) from outbox where done_at is null"),
        number(transactions, "select count(*) from outbox" + of),
        number(
            transactions,
            "select count(*) - count(distinct (step, attempt, line)) from activity"
                + of
                + " and step <> '' and line like '$ %'"));
  }

  static long number(Transactions transactions, String query) {
    return Long.parseLong(text(transactions, query));
  }

  private static String text(Transactions transactions, String query) {
    return transactions.readOnly(connection -> {
      try (Statement select = connection.createStatement();
          ResultSet row = select.executeQuery(query)) {
        row.next();
        return row.getString(1);
      }
    });
  }
}
