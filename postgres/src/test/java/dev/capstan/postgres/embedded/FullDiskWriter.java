package dev.capstan.postgres.embedded;

import dev.capstan.postgres.database.Database;
import dev.capstan.postgres.database.DatabaseUnavailable;
import dev.capstan.postgres.database.Transactions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The program of a child process that fills its disk, writes on, and makes room again. */
final class FullDiskWriter {
  private static final int ROOM = 1024 * 1024;

  private FullDiskWriter() {}

  public static void main(String[] arguments) throws IOException {
    try (DataFolder folder = Folders.own(Path.of(arguments[0]));
        EmbeddedPostgres postgres = Folders.start(folder);
        Database database = Database.open(postgres.address(), 2)) {
      Transactions transactions = database.transactions();
      execute(transactions, "create table kept as select 1 as n");
      Path filler = fill(folder.path());
      say(writeUntilRefused(transactions));
      say("kept " + count(transactions));
      Files.delete(filler);
      execute(
          transactions,
          "create table more as select repeat('x', 100) from generate_series(1, 20000)");
      say("writes again");
    }
  }

  private static String writeUntilRefused(Transactions transactions) {
    try {
      execute(
          transactions,
          "create table much as select repeat('x', 1000) from generate_series(1, 4000)");
      return "not refused";
    } catch (DatabaseUnavailable refusal) {
      return refusal.reason().name();
    }
  }

  /** Leaves about a megabyte. */
  private static Path fill(Path folder) throws IOException {
    Path filler = folder.resolve("filler");
    byte[] block = new byte[64 * 1024];
    try (OutputStream out = Files.newOutputStream(filler)) {
      while (Files.getFileStore(folder).getUsableSpace() > ROOM) {
        out.write(block);
      }
    }
    return filler;
  }

  private static int count(Transactions transactions) {
    return transactions.readOnly(FullDiskWriter::count);
  }

  private static int count(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from kept")) {
      rows.next();
      return rows.getInt(1);
    }
  }

  private static void execute(Transactions transactions, String sql) {
    transactions.inTransaction(connection -> {
      try (Statement statement = connection.createStatement()) {
        return statement.executeUpdate(sql);
      }
    });
  }

  @SuppressWarnings("SystemOut") // that is how a child process speaks
  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
