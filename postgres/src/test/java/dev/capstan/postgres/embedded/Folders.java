package dev.capstan.postgres.embedded;

import dev.capstan.postgres.database.DatabaseAddress;
import dev.capstan.postgres.embedded.Ownership.Owned;
import dev.capstan.postgres.embedded.Ownership.OwnedBy;
import dev.capstan.postgres.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Stream;

/** What the tests of servers and folders do over and over. */
final class Folders {
  private Folders() {}

  static DataFolder own(Path path) {
    return switch (DataFolder.tryOwn(path)) {
      case Owned(DataFolder folder) -> folder;
      case OwnedBy owner -> throw new AssertionError("taken: " + owner);
    };
  }

  static EmbeddedPostgres start(DataFolder folder) {
    return EmbeddedPostgres.start(folder, TestDatabase.binaries());
  }

  static Path data(Path folder) throws IOException {
    return folder.toRealPath().resolve("postgres/cluster/data");
  }

  static Connection connect(EmbeddedPostgres postgres) throws SQLException {
    DatabaseAddress address = postgres.address();
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  static void execute(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static String query(EmbeddedPostgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  static void copy(Path from, Path to) throws IOException {
    List<Path> files;
    try (Stream<Path> tree = Files.walk(from)) {
      files = tree.toList();
    }
    for (Path file : files) {
      Path target = to.resolve(from.relativize(file));
      Files.copy(file, target, LinkOption.NOFOLLOW_LINKS, StandardCopyOption.COPY_ATTRIBUTES);
    }
  }
}
