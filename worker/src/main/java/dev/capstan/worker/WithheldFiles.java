package dev.capstan.worker;

import dev.capstan.engines.TreeFiles;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.optout.OptOut;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What no model may read of a tree in which nothing runs: files that say {@code NO_LLM} or that a
 * list such as {@code .aiignore} names. A line that stands in another file as well is nobody's
 * secret.
 *
 * @param paths of these files
 * @param lines the hashes of their lines
 */
public record WithheldFiles(Set<String> paths, Set<String> lines) {
  public WithheldFiles {
    paths = Set.copyOf(paths);
    lines = Set.copyOf(lines);
  }

  /**
   * The hashes of these lines in a clone.
   *
   * @param paths of the clone's commit
   */
  static Set<String> of(Folder folder, List<String> paths) {
    return in(paths, path -> TreeFiles.text(folder.tree(), path)).lines();
  }

  /**
   * Those of a tree.
   *
   * @param text of a file by its path; empty for what is no text
   */
  public static WithheldFiles in(
      Collection<String> paths, Function<String, Optional<String>> text) {
    OptOut optOut = OptOut.of(text, OptOut.READING_LISTS);
    Set<String> marked =
        paths.stream().filter(path -> optOut.kept(path).isPresent()).collect(Collectors.toSet());
    if (marked.isEmpty()) {
      return new WithheldFiles(Set.of(), Set.of());
    }
    Set<String> withheld = hashes(marked, text);
    withheld.removeAll(
        hashes(paths.stream().filter(path -> !marked.contains(path)).toList(), text));
    return new WithheldFiles(marked, withheld);
  }

  private static Set<String> hashes(
      Collection<String> paths, Function<String, Optional<String>> text) {
    Set<String> hashes = new HashSet<>();
    for (String path : paths) {
      text.apply(path).map(WithheldLines::hashesOf).ifPresent(hashes::addAll);
    }
    return hashes;
  }
}
