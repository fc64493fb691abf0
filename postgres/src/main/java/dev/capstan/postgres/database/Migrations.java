package dev.capstan.postgres.database;

import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.MIGRATION_FAILED;
import static dev.capstan.postgres.database.DatabaseUnavailable.Reason.NEWER_SCHEMA;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the schema up to date; Flyway's lock lets one process do it at a time. */
final class Migrations {
  private Migrations() {}

  static void run(DatabaseAddress address) {
    try {
      Flyway flyway = flyway(address);
      refuseNewer(address, flyway.info().applied());
      flyway.migrate();
    } catch (FlywayException failure) {
      throw new DatabaseUnavailable(
          MIGRATION_FAILED,
          "The schema of " + address + " can't be brought up to date: " + failure.getMessage(),
          failure);
    }
  }

  private static Flyway flyway(DatabaseAddress address) {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(DriverSettings.source(address))
        .locations("classpath:db/migration")
        .cleanDisabled(true)
        .validateMigrationNaming(true)
        .load();
  }

  private static void refuseNewer(DatabaseAddress address, MigrationInfo[] applied) {
    String unknown =
        Arrays.stream(applied)
            .filter(one ->
                one.getState() == MigrationState.FUTURE_SUCCESS
                    || one.getState() == MigrationState.FUTURE_FAILED)
            .map(one -> one.getVersion() + " (" + one.getDescription() + ")")
            .collect(Collectors.joining(", "));
    if (!unknown.isEmpty()) {
      throw new DatabaseUnavailable(
          NEWER_SCHEMA,
          "The database "
              + address
              + " was changed by a newer Capstan: this one does not know its migrations "
              + unknown
              + ". Nothing was changed. Use that Capstan, or another database.");
    }
  }
}
