package dev.capstan.sandbox;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The bytes in files that have no name any more, but are still open in some process. */
final class DeletedFiles {
  private final Set<Object> devices;
  private final Map<Object, Long> sizes = new HashMap<>();

  private DeletedFiles(Set<Object> devices) {
    this.devices = devices;
  }

  /** Only those that lie on the disk of one of the folders; zero where none can be looked at. */
  static long bytes(Path proc, List<Path> folders) {
    DeletedFiles found = new DeletedFiles(devices(folders));
    for (Path process : ProcessFiles.processes(proc)) {
      found.look(process.resolve("fd"));
    }
    return found.sizes.values().stream().mapToLong(Long::longValue).sum();
  }

  private static Set<Object> devices(List<Path> folders) {
    Set<Object> devices = new HashSet<>();
    for (Path folder : folders) {
      try {
        devices.add(Files.getAttribute(folder, "unix:dev"));
      } catch (IOException _) {
        // Gone again, or closed to us: nothing to count.
      }
    }
    return devices;
  }

  private void look(Path descriptors) {
    try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
      open.forEach(this::add);
    } catch (IOException | DirectoryIteratorException _) {
      // Gone again, or closed to us: nothing to count.
    }
  }

  private void add(Path descriptor) {
    try {
      if (Files.readSymbolicLink(descriptor).toString().endsWith(" (deleted)")) {
        Map<String, Object> file = Files.readAttributes(descriptor, "unix:dev,ino,size,nlink");
        if (devices.contains(file.get("dev")) && Integer.valueOf(0).equals(file.get("nlink"))) {
          sizes.put(List.of(file.get("dev"), file.get("ino")), (Long) file.get("size"));
        }
      }
    } catch (IOException _) {
      // Gone again, or closed to us: nothing to count.
    }
  }
}
