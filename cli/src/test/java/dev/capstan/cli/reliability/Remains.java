package dev.capstan.cli.reliability;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Looks for what killed processes have left in folders; {@code complaints} are added to. */
record Remains(List<String> complaints) {
  /** In the folder of a server or a worker. */
  void ofServer(Path data) throws IOException {
    nothingIn(data.resolve("work"), ".*");
    nothingIn(data.resolve("scratch"), ".*");
  }

  /** In what servers share. */
  void ofShared(Path shared) throws IOException {
    nothingIn(shared.resolve("drafts"), ".*");
    nothingIn(shared.resolve("mirrors"), ".*\\.lock|tmp_.*");
    nothingIn(shared.resolve("forge"), ".*\\.lock|tmp_.*|incoming-.*|\\..*\\.new");
    nothingIn(shared.resolve("artifacts"), ".*\\.part");
  }

  private void nothingIn(Path folder, String names) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> left =
          tree.filter(file -> !file.equals(folder))
              .filter(file -> file.getFileName().toString().matches(names))
              .limit(10)
              .toList();
      if (!left.isEmpty()) {
        complaints.add("left: " + left);
      }
    }
  }
}
