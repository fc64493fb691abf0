package dev.capstan.workspace.git;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads files of a commit, without a work tree. */
final class Contents {
  private Contents() {}

  static List<String> paths(Listing listing) {
    return listing.entries().stream()
        .map(Listing.Entry::path)
        .filter(TreePath::isText)
        .map(TreePath::text)
        .sorted()
        .toList();
  }

  /** Of the blob with that id. */
  static byte[] blob(Git git, String id) {
    return git.run("", "cat-file", "blob", id).output().getBytes(StandardCharsets.ISO_8859_1);
  }
}
