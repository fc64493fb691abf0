package dev.capstan.workspace.git;

import dev.capstan.workspace.git.Listing.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Takes the inventory of a commit, with one look into what may be a pointer or link. */
final class TreeEntries {
  private static final String LFS = "version https://git-lfs.github.com/spec/v1\n";

  /** By the specification of Git LFS, in bytes. */
  private static final int LARGEST_POINTER = 1_024;

  private static final int SMALLEST_POINTER = 100;

  /** More small files than this are looked at only where attributes name LFS. */
  private static final int MOST_CANDIDATES = 20_000;

  private static final String ATTRIBUTES = ".gitattributes";

  /** In bytes. */
  private static final int MOST_ATTRIBUTES = 100_000;

  private final Git git;
  private final List<Entry> entries;

  private TreeEntries(Git git, List<Entry> entries) {
    this.git = git;
    this.entries = entries;
  }

  static Inventory inventory(Git git, Listing listing) {
    return new TreeEntries(git, listing.entries()).inventory();
  }

  private Inventory inventory() {
    List<Entry> links =
        entries.stream().filter(Entry::isLink).filter(TreeEntries::isThere).toList();
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
        entries.stream().filter(TreeEntries::isThere).filter(TreeEntries::attributes).toList();
    boolean named = contents(attributes).stream().anyMatch(text -> text.contains("filter=lfs"));
    List<Entry> candidates = entries.stream().filter(TreeEntries::mayBePointer).toList();
    if (candidates.isEmpty() || (!named && candidates.size() > MOST_CANDIDATES)) {
      return List.of();
    }
    return where(candidates, text -> text.startsWith(LFS));
  }

  private static boolean isThere(Entry entry) {
    return entry.size() >= 0;
  }

  private static boolean attributes(Entry entry) {
    String path = entry.path().bytes();
    return entry.size() < MOST_ATTRIBUTES
        && (path.equals(ATTRIBUTES) || path.endsWith("/" + ATTRIBUTES));
  }

  private static boolean mayBePointer(Entry entry) {
    return entry.isFile() && entry.size() >= SMALLEST_POINTER && entry.size() <= LARGEST_POINTER;
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
