package dev.capstan.cli.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * The sign-ins of this user, in a file that only they can read. A token is renewed a minute before
 * it ends, by one process at a time: an issuer may take a refresh token only once.
 */
public final class Logins {
  private static final Duration EARLY = Duration.ofMinutes(1);

  private static final ReentrantLock WITHIN = new ReentrantLock();

  private final Path file;
  private final InstantSource clock;

  Logins(Path file, InstantSource clock) {
    this.file = file;
    this.clock = clock;
  }

  /** {@code $CAPSTAN_LOGINS}, else {@code ~/.config/capstan/logins.json}. */
  public static Logins of(Map<String, String> environment) {
    String given = environment.getOrDefault("CAPSTAN_LOGINS", "").strip();
    Path file =
        given.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".config", "capstan", "logins.json")
            : Path.of(given);
    return new Logins(file.toAbsolutePath(), InstantSource.system());
  }

  public boolean has(String server) {
    return all().containsKey(server);
  }

  /**
   * A token for the server that is good now; throws {@link ApiFailure} if one must sign in anew.
   */
  public String token(String server) {
    return current(server)
        .filter(this::isGood)
        .orElseGet(() -> locked(() -> renewed(server)))
        .token();
  }

  private Optional<Login> current(String server) {
    return Optional.ofNullable(all().get(server));
  }

  private boolean isGood(Login login) {
    return clock.instant().plus(EARLY).isBefore(login.expiresAt());
  }

  private Login renewed(String server) {
    Login login = current(server).orElseThrow(() -> DeviceGrant.signInAnew(server));
    if (isGood(login)) {
      return login;
    }
    Login fresh = new DeviceGrant(login.issuer(), login.clientId(), clock).renew(login, server);
    put(server, fresh);
    return fresh;
  }

  void keep(String server, Login login) {
    locked(() -> {
      put(server, login);
      return login;
    });
  }

  /** False if there is none. */
  public boolean forget(String server) {
    return locked(() -> {
      Map<String, Login> all = all();
      boolean was = all.remove(server) != null;
      write(all);
      return was;
    });
  }

  private void put(String server, Login login) {
    Map<String, Login> all = all();
    all.put(server, login);
    write(all);
  }

  private Map<String, Login> all() {
    try {
      return Json.MAPPER.readValue(
          Files.readString(file), new TypeReference<TreeMap<String, Login>>() {});
    } catch (NoSuchFileException _) {
      return new TreeMap<>();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot read " + file, failure);
    }
  }

  private void write(Map<String, Login> all) {
    try {
      Path aside =
          Files.createTempFile(
              folder(),
              "logins",
              ".part",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(aside, Json.MAPPER.writeValueAsString(all));
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot write " + file, failure);
    }
  }

  private Path folder() throws IOException {
    return Files.createDirectories(Objects.requireNonNull(file.getParent()));
  }

  /** What is done while the file is ours. */
  private interface Work<T extends @Nullable Object> {
    T call();
  }

  /** A file's lock holds against other processes, not among threads of one. */
  private <T> T locked(Work<T> work) {
    WITHIN.lock();
    try {
      Path lock = folder().resolve(file.getFileName() + ".lock");
      try (FileChannel channel =
              FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
          FileLock held = channel.lock()) {
        if (!held.isValid()) {
          throw new IOException("the lock was lost");
        }
        return work.call();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot lock " + file, failure);
    } finally {
      WITHIN.unlock();
    }
  }
}
