package dev.capstan.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.core.CommitId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Git repositories for what is to look into one. */
final class GitSource {
  private GitSource() {}

  /** A new one in that folder, with one empty commit. */
  static String in(Path folder) throws Exception {
    return in(folder, Map.of());
  }

  /** A new one in that folder, with one commit of these files. */
  static String in(Path folder, Map<String, String> files) throws Exception {
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    Files.createDirectories(folder);
    for (String command :
        List.of(
            "git init --quiet",
            "git add --all",
            "git -c user.name=a -c user.email=a@b commit --quiet --allow-empty --message first")) {
      Process git =
          new ProcessBuilder(command.split(" ", -1)).directory(folder.toFile()).inheritIO().start();
      assertThat(git.waitFor()).isZero();
    }
    return folder.toString();
  }

  /** Changes these files; returns the new commit. */
  static CommitId commit(String folder, Map<String, String> files) throws Exception {
    return new CommitId(head(in(Path.of(folder), files)));
  }

  /** The commit that it is at. */
  static String head(String folder) throws Exception {
    Process git =
        new ProcessBuilder("git", "rev-parse", "HEAD").directory(Path.of(folder).toFile()).start();
    return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }
}
