package dev.capstan.cli.reliability;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The processes that have to do with a data folder, as the kernel shows them. */
record FolderProcesses(Path data) {
  private static final Path PROC = Path.of("/proc");

  /** One process; {@code command} is its command line. */
  record Found(long pid, String command) {}

  /** Those that name the folder in their command line, or that text in their environment. */
  List<Found> find(String mark) throws IOException {
    List<Found> found = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path entry : entries) {
        long pid = Long.parseLong(entry.getFileName().toString());
        String command = text(entry.resolve("cmdline")).replace('\0', ' ').strip();
        boolean named = command.contains(data.toString());
        boolean marked = !mark.isEmpty() && text(entry.resolve("environ")).contains(mark);
        if (pid != ProcessHandle.current().pid() && (named || marked)) {
          found.add(new Found(pid, command));
        }
      }
    }
    return found;
  }

  /** The PostgreSQL that serves the folder, if one does. */
  List<Found> postgres() throws IOException {
    return find("").stream()
        .filter(process -> process.command().contains("bin/postgres -D"))
        .toList();
  }

  /**
   * Sends SIGSTOP to that process, its descendants and the folder's PostgreSQL, until nothing of
   * them runs any more. Returns whom.
   */
  List<Long> stopAll(long pid) throws IOException, InterruptedException {
    Set<Long> stopped = new LinkedHashSet<>();
    boolean more = true;
    while (more) {
      List<Long> all = new ArrayList<>(List.of(pid));
      find("").forEach(process -> all.add(process.pid()));
      List.copyOf(all).stream()
          .flatMap(parent -> ProcessHandle.of(parent).stream())
          .flatMap(ProcessHandle::descendants)
          .forEach(child -> all.add(child.pid()));
      more = false;
      for (long one : all) {
        more |= stopped.add(one) && stop(one);
      }
    }
    return List.copyOf(stopped);
  }

  private static boolean stop(long pid) throws IOException, InterruptedException {
    return new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor() == 0;
  }

  private static String text(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
    } catch (IOException _) {
      return ""; // it ended, or is not ours to see
    }
  }
}
