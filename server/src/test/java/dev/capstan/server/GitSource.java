package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Git repositories for runs that are to come past their first task. */
final class GitSource {
  private GitSource() {}

  /** A new one in that folder, with one empty commit. */
  static String in(Path folder) throws Exception {
    Files.createDirectory(folder);
    for (String command :
        List.of(
            "git init --quiet",
            "git -c user.name=a -c user.email=a@b commit --quiet --allow-empty --message first")) {
      Process git =
          new ProcessBuilder(command.split(" ", -1)).directory(folder.toFile()).inheritIO().start();
      assertThat(git.waitFor()).isZero();
    }
    return folder.toString();
  }
}
