package dev.capstan.postgres.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a server says of itself in {@code postmaster.pid}. After a crash, or in a copied folder, it
 * speaks of a process that is gone, or is another program's.
 *
 * @param pid the process
 * @param port where it listens; 0 while it does not yet
 * @param status {@code ready}, {@code starting}, {@code stopping} or {@code standby}
 */
record PostmasterPid(long pid, int port, String status) {
  private static final String FILE = "postmaster.pid";

  /** Empty if there is no such file, or the file is too short to name a process. */
  static Optional<PostmasterPid> read(Path data) throws IOException {
    try {
      List<String> lines = Files.readAllLines(data.resolve(FILE));
      long pid = Long.parseLong(line(lines, 0));
      String port = line(lines, 3);
      String status = line(lines, 7);
      return Optional.of(
          new PostmasterPid(
              pid,
              port.isEmpty() ? 0 : Integer.parseInt(port),
              status.isEmpty() ? "starting" : status));
    } catch (NoSuchFileException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  static void delete(Path data) throws IOException {
    Files.deleteIfExists(data.resolve(FILE));
  }

  boolean isAlive() {
    return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
  }

  /** True if that process lives and was started as the server of this very folder. */
  boolean serves(Path data) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::info)
        .filter(info -> info.command().orElse("").endsWith("/postgres"))
        .flatMap(ProcessHandle.Info::arguments)
        .map(arguments -> serves(arguments, data))
        .orElse(false);
  }

  private static boolean serves(String[] arguments, Path data) {
    int option = Arrays.asList(arguments).indexOf("-D");
    return option >= 0
        && option + 1 < arguments.length
        && arguments[option + 1].equals(data.toString());
  }

  private static String line(List<String> lines, int index) {
    return index < lines.size() ? lines.get(index).strip() : "";
  }
}
