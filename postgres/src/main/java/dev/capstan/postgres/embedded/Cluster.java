package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The files of the embedded server: {@code postgres/cluster/data}, made by initdb, and the password
 * beside it.
 *
 * <p>Both are made in a folder of another name that is moved to its place in one step. So {@code
 * cluster} is either whole or missing, what a killed initdb left can be thrown away, and a real
 * cluster is never written over.
 *
 * @param data what PostgreSQL calls its data directory
 * @param password the password of {@link #USER}
 */
record Cluster(Path data, String password, Launcher launcher) {
  static final String USER = "capstan";
  private static final String DRAFT_PREFIX = "initializing-";
  private static final long BYTES = 120L * 1024 * 1024;
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(3);

  /** Finds it in a data folder or makes it there. */
  static Cluster openOrCreate(DataFolder folder, PostgresBinaries binaries) {
    Path shelf = folder.path().resolve("postgres");
    Path place = shelf.resolve("cluster");
    try {
      Files.createDirectories(shelf);
      requirePlainPath(place);
      removeDrafts(shelf);
      if (!Files.exists(place)) {
        create(shelf, place, binaries);
      }
      return open(place);
    } catch (IOException failure) {
      throw new EmbeddedPostgresFailed(
          "The files of the database can't be set up in " + place + ": " + failure, failure);
    }
  }

  /** The major version of PostgreSQL that wrote a data folder; empty if none did yet. */
  static Optional<Integer> majorVersion(Path folder) throws IOException {
    Path file = folder.resolve("postgres/cluster/data/PG_VERSION");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Integer.valueOf(Files.readString(file).strip()));
    } catch (NumberFormatException _) {
      throw new DataFolderUnusable("The file " + file + " is damaged. Restore it from a backup.");
    }
  }

  @Override
  public String toString() {
    return data.toString();
  }

  private static Cluster open(Path place) throws IOException {
    Path data = place.resolve("data");
    Path password = place.resolve("password");
    if (!Files.exists(data.resolve("PG_VERSION")) || !Files.exists(password)) {
      throw new EmbeddedPostgresFailed(
          "The database in "
              + place
              + " is incomplete: it needs data/PG_VERSION and password. Restore it from a backup,"
              + " or move it away to begin with an empty one.");
    }
    return new Cluster(data, Files.readString(password).strip(), Launcher.forExisting(data));
  }

  private static void create(Path shelf, Path place, PostgresBinaries binaries) throws IOException {
    FreeSpace.require(shelf, BYTES, "a new database");
    Launcher launcher = Launcher.forNew(binaries);
    Path draft = Files.createDirectory(shelf.resolve(DRAFT_PREFIX + UUID.randomUUID()));
    Path data = Files.createDirectory(draft.resolve("data"));
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx------"));
    launcher.own(data);
    AtomicFile.write(draft.resolve("password"), newPassword() + "\n");
    initialise(draft, launcher, binaries);
    AtomicFile.moveFolder(draft, place);
  }

  private static void initialise(Path draft, Launcher launcher, PostgresBinaries binaries)
      throws IOException {
    List<String> command =
        List.of(
            binaries.program("initdb").toString(),
            "--pgdata=" + draft.resolve("data"),
            "--username=" + USER,
            "--pwfile=" + draft.resolve("password"),
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--text-search-config=english",
            "--data-checksums",
            "--no-instructions");
    Program.Outcome outcome = Program.run(launcher.command(command), INITDB_LIMIT);
    if (!outcome.isSuccess()) {
      throw new EmbeddedPostgresFailed(
          "initdb could not make a database in " + draft + ":\n" + outcome.output());
    }
  }

  private static String newPassword() {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  private static void removeDrafts(Path shelf) throws IOException {
    try (Stream<Path> files = Files.list(shelf)) {
      List<Path> drafts =
          files.filter(file -> file.getFileName().toString().startsWith(DRAFT_PREFIX)).toList();
      for (Path draft : drafts) {
        AtomicFile.deleteTree(draft);
      }
    }
  }

  /** pg_ctl hands the path to a shell, inside double quotes. */
  private static void requirePlainPath(Path place) {
    if (place.toString().chars().anyMatch(c -> c < ' ' || "\"$`\\!".indexOf(c) >= 0)) {
      throw new EmbeddedPostgresFailed(
          "The path "
              + place
              + " has a control character or one of \" $ ` \\ ! in it, which PostgreSQL's starter"
              + " can't take. Choose another data folder.");
    }
  }
}
