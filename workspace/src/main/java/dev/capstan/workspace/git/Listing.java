package dev.capstan.workspace.git;

import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Every entry of a commit's tree but its folders.
 *
 * @param entries by path, byte by byte
 */
record Listing(List<Entry> entries) {
  private static final String LINK = "120000";
  private static final String SUBMODULE = "160000";

  /** The mode that begins with this is one of a plain file. */
  private static final String PLAIN_FILE = "100";

  /** For the content that is missing, as in a partial clone, git writes {@code BAD}. */
  private static final String MISSING = "BAD";

  Listing {
    entries = List.copyOf(entries);
  }

  /**
   * One entry.
   *
   * @param object the id that git gives what is there
   * @param size in bytes; -1 where there is none, or it is not known
   */
  record Entry(String mode, String object, long size, TreePath path) {
    /** A line of {@code ls-tree -l}: mode, type, object, size, tab, path. */
    private static Entry of(String line) {
      int tab = line.indexOf('\t');
      String[] words = line.substring(0, tab).trim().split(" +", 4);
      boolean sized = !words[3].equals("-") && !words[3].equals(MISSING);
      long size = sized ? Long.parseLong(words[3]) : -1;
      return new Entry(words[0].intern(), words[2], size, new TreePath(line.substring(tab + 1)));
    }

    boolean isLink() {
      return mode.equals(LINK);
    }

    boolean isSubmodule() {
      return mode.equals(SUBMODULE);
    }

    boolean isFile() {
      return mode.startsWith(PLAIN_FILE);
    }
  }

  /** Of a commit or a tree. */
  static Listing of(Git git, String treeish) {
    String listed = git.run("", "ls-tree", "-r", "-l", "-z", "--full-tree", treeish).output();
    return new Listing(TreePath.split(listed).stream().map(Entry::of).toList());
  }

  /** What is at a path of text; empty for a folder as well. */
  Optional<Entry> at(String path) {
    Entry asked = new Entry("", "", -1, new TreePath(Git.bytes(path)));
    int found = Collections.binarySearch(entries, asked, Comparator.comparing(Entry::path));
    return found < 0 ? Optional.empty() : Optional.of(entries.get(found));
  }
}
