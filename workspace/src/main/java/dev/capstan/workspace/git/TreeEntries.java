package dev.capstan.workspace.git;

import dev.capstan.core.CommitId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Takes the inventory of a commit: one listing, and one look into what may be a pointer or link.
 */
final class TreeEntries {
  private static final String LFS = "version https://git-lfs.github.com/spec/v1\n";

  /** By the specification of Git LFS, in bytes. */
  private static final int LARGEST_POINTER = 1_024;

  private static final int SMALLEST_POINTER = 100;

  /** More small files than this are looked at only where attributes name LFS. */
  private static final int MOST_CANDIDATES = 20_000;

  private final Git git;
  private final List<Entry> entries;

  private TreeEntries(Git git, List<Entry> entries) {
    this.git = git;
    this.entries = entries;
  }

  private record Entry(String mode, String object, long size, TreePath path) {
    /** A line of {@code ls-tree -l}: mode, type, object, size, tab, path. */
    static Entry of(String line) {
      int tab = line.indexOf('\t');
      String[] words = line.substring(0, tab).trim().split(" +", 4);
      long size = words[3].equals("-") ? -1 : Long.parseLong(words[3]);
      return new Entry(words[0], words[2], size, new TreePath(line.substring(tab + 1)));
    }

    boolean isLink() {
      return mode.equals("120000");
    }

    boolean isSubmodule() {
      return mode.equals("160000");
    }

    boolean mayBePointer() {
      return mode.startsWith("100") && size >= SMALLEST_POINTER && size <= LARGEST_POINTER;
    }

    boolean isNamed(String name) {
      return path.bytes().equals(name) || path.bytes().endsWith("/" + name);
    }
  }

  static Inventory inventory(Git git, CommitId commit) {
    String listing =
        git.run("", "ls-tree", "-r", "-l", "-z", "--full-tree", commit.value()).output();
    List<Entry> entries = TreePath.split(listing).stream().map(Entry::of).toList();
    return new TreeEntries(git, entries).inventory();
  }

  private Inventory inventory() {
    List<Entry> links = entries.stream().filter(Entry::isLink).toList();
    return new Inventory(
        entries.size(),
        names(entries.stream().filter(Entry::isSubmodule).toList()),
        names(pointers()),
        links.size(),
        names(escaping(links)),
        names(entries.stream().filter(entry -> !entry.path().isText()).toList()));
  }

  private List<Entry> pointers() {
    List<Entry> attributes =
        entries.stream().filter(e -> e.isNamed(".gitattributes") && e.size() < 100_000).toList();
    boolean named = contents(attributes).stream().anyMatch(text -> text.contains("filter=lfs"));
    List<Entry> candidates = entries.stream().filter(Entry::mayBePointer).toList();
    if (candidates.isEmpty() || (!named && candidates.size() > MOST_CANDIDATES)) {
      return List.of();
    }
    return where(candidates, text -> text.startsWith(LFS));
  }

  private List<Entry> escaping(List<Entry> links) {
    List<String> targets = contents(links);
    List<Entry> escaping = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      if (LinkTarget.escapes(links.get(i).path().text(), targets.get(i))) {
        escaping.add(links.get(i));
      }
    }
    return escaping;
  }

  private List<Entry> where(List<Entry> some, java.util.function.Predicate<String> content) {
    List<String> texts = contents(some);
    List<Entry> found = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      if (content.test(texts.get(i))) {
        found.add(some.get(i));
      }
    }
    return found;
  }

  /** The contents in the same order, a byte per character. */
  private List<String> contents(List<Entry> some) {
    if (some.isEmpty()) {
      return List.of();
    }
    String asked = some.stream().map(e -> e.object() + "\n").collect(Collectors.joining());
    String answer = git.run(asked, "cat-file", "--batch").output();
    List<String> contents = new ArrayList<>();
    int at = 0;
    for (Entry entry : some) {
      int start = answer.indexOf('\n', at) + 1;
      int end = start + Math.toIntExact(entry.size());
      contents.add(answer.substring(start, end));
      at = end + 1;
    }
    return contents;
  }

  private static List<String> names(List<Entry> some) {
    return some.stream().limit(Inventory.MOST_NAMED).map(entry -> entry.path().text()).toList();
  }
}
