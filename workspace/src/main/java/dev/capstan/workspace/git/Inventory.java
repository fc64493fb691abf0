package dev.capstan.workspace.git;

import java.util.List;

/**
 * What a commit holds beside plain files. Each list names at most {@link #MOST_NAMED}; the counts
 * are of all.
 *
 * @param files entries of the tree, of every kind
 * @param submodules paths of other repositories' commits; a clone has empty folders in their place
 * @param pointers paths whose content is a pointer of Git LFS; a clone has the pointer, not the
 *     content
 * @param links how many symbolic links there are
 * @param escapingLinks links that are absolute, may leave the repository or enter {@code .git}
 * @param unreadableNames names that are not UTF-8, with such bytes as {@code \377}
 */
public record Inventory(
    int files,
    List<String> submodules,
    List<String> pointers,
    int links,
    List<String> escapingLinks,
    List<String> unreadableNames) {
  static final int MOST_NAMED = 100;

  public Inventory {
    submodules = List.copyOf(submodules);
    pointers = List.copyOf(pointers);
    escapingLinks = List.copyOf(escapingLinks);
    unreadableNames = List.copyOf(unreadableNames);
  }
}
