package dev.capstan.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What there is to be found for tests of the Model Context Protocol. */
final class Mcp {
  private Mcp() {}

  /** A repository {@code shop} in that folder, indexed as the project of that name. */
  static Path indexedShop(Path folder) throws Exception {
    Repository shop = Repository.shop(Files.createDirectory(folder.resolve("shop")));
    shop.write("src/Till.java", "class Till {\n  void openDrawer() {}\n}\n");
    shop.commit("feat: a till");
    List<String> words =
        List.of("index", shop.path().toString(), "--data", folder.resolve("data").toString());
    try (ServerProcess index = ServerProcess.command(folder, Map.of(), words)) {
      assertThat(index.exit()).as(index.output()).isZero();
    }
    return shop.path();
  }
}
