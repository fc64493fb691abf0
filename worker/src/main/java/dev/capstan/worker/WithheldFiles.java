package dev.capstan.worker;

import dev.capstan.engines.TreeFiles;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.worker.WorkFolders.Folder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What no model may read of a clone in which nothing runs yet: the lines of files that say {@code
 * NO_LLM} or that a list such as {@code .aiignore} names. A line that stands in another file as
 * well is nobody's secret.
 */
final class WithheldFiles {
  private WithheldFiles() {}

  /**
   * The hashes of these lines.
   *
   * @param paths of the clone's commit
   */
  static Set<String> of(Folder folder, List<String> paths) {
    ReadableCode code = new ReadableCode(folder.tree());
    Set<String> marked =
        paths.stream().filter(path -> code.withheld(path).isPresent()).collect(Collectors.toSet());
    if (marked.isEmpty()) {
      return Set.of();
    }
    Set<String> withheld = hashes(folder, marked);
    withheld.removeAll(hashes(folder, paths.stream().filter(p -> !marked.contains(p)).toList()));
    return withheld;
  }

  private static Set<String> hashes(Folder folder, Iterable<String> paths) {
    Set<String> hashes = new HashSet<>();
    for (String path : paths) {
      TreeFiles.text(folder.tree(), path).map(WithheldLines::hashesOf).ifPresent(hashes::addAll);
    }
    return hashes;
  }
}
