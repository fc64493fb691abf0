package dev.capstan.engines.tasklist;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SourceSpan;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A task list in Markdown, read leniently: any list with any marker, anywhere in the file. Where
 * some item has a box ({@code [ ]}, {@code [x]}), only items with a box are tasks; else every item
 * is. An item with tasks below it is a heading for them, done when they are.
 */
public final class TaskList {
  private static final Pattern BOX = Pattern.compile("\\[([ xX]?)\\](?=\\s|$)\\s*");
  private static final int DEEPEST = 100;

  private final String text;
  private final List<Item> items;

  private TaskList(String text, List<Item> items) {
    this.text = text;
    this.items = items;
  }

  /**
   * One task.
   *
   * @param text without its box, on one line
   * @param done whether its box is ticked
   */
  public record Task(String text, boolean done) {}

  /**
   * An item of the list.
   *
   * @param box where its box begins in the file, or where one would
   * @param boxed whether it has one
   * @param parent place of the item it stands below; -1 for none
   */
  private record Item(Task task, int box, boolean boxed, int parent) {}

  public static TaskList read(String markdown) {
    Reader reader = new Reader(markdown);
    Parser.builder()
        .includeSourceSpans(IncludeSourceSpans.BLOCKS)
        .maxOpenBlockParsers(DEEPEST)
        .build()
        .parse(markdown)
        .accept(reader);
    boolean boxes = reader.items.stream().anyMatch(Item::boxed);
    return new TaskList(markdown, boxes ? boxed(reader.items) : List.copyOf(reader.items));
  }

  /** Without the items that have no box; what stood below one stands below its parent. */
  private static List<Item> boxed(List<Item> all) {
    List<Item> kept = new ArrayList<>();
    Map<Integer, Integer> places = new HashMap<>(Map.of(-1, -1));
    for (int i = 0; i < all.size(); i++) {
      Item item = all.get(i);
      int parent = places.getOrDefault(item.parent(), -1);
      if (item.boxed()) {
        places.put(i, kept.size());
        kept.add(new Item(item.task(), item.box(), true, parent));
      } else {
        places.put(i, parent);
      }
    }
    return List.copyOf(kept);
  }

  /** What is to be done, in the order of the file; headings of other tasks are left out. */
  public List<Task> tasks() {
    Set<Integer> headings = headings();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      if (!headings.contains(i)) {
        tasks.add(items.get(i).task());
      }
    }
    return tasks;
  }

  private Set<Integer> headings() {
    Set<Integer> headings = new HashSet<>();
    items.forEach(item -> headings.add(item.parent()));
    return headings;
  }

  /** The file with these tasks ticked, and with the headings whose tasks are all done by that. */
  public String ticked(Set<String> done) {
    Set<Integer> headings = headings();
    boolean[] finished = new boolean[items.size()];
    for (int i = items.size() - 1; i >= 0; i--) {
      Item item = items.get(i);
      finished[i] =
          item.task().done()
              || (headings.contains(i)
                  ? everyChildFinished(i, finished)
                  : done.contains(item.task().text()));
    }
    StringBuilder changed = new StringBuilder(text);
    for (int i = items.size() - 1; i >= 0; i--) {
      if (finished[i] && !items.get(i).task().done()) {
        tick(changed, items.get(i));
      }
    }
    return changed.toString();
  }

  private boolean everyChildFinished(int parent, boolean[] finished) {
    for (int i = parent + 1; i < items.size(); i++) {
      if (items.get(i).parent() == parent && !finished[i]) {
        return false;
      }
    }
    return true;
  }

  private static void tick(StringBuilder text, Item item) {
    if (item.boxed()) {
      text.replace(item.box(), text.indexOf("]", item.box()) + 1, "[x]");
    } else {
      text.insert(item.box(), "[x] ");
    }
  }

  /** Collects the items, parents before what stands below them. */
  private static final class Reader extends AbstractVisitor {
    private final String markdown;
    private final List<Item> items = new ArrayList<>();
    private int parent = -1;

    Reader(String markdown) {
      this.markdown = markdown;
    }

    @Override
    public void visit(ListItem item) {
      int above = parent;
      if (item.getFirstChild() instanceof Paragraph paragraph) {
        items.add(item(paragraph));
        parent = items.size() - 1;
      }
      visitChildren(item);
      parent = above;
    }

    private Item item(Node paragraph) {
      List<SourceSpan> lines = paragraph.getSourceSpans();
      StringBuilder text = new StringBuilder();
      for (SourceSpan line : lines) {
        text.append(markdown, line.getInputIndex(), line.getInputIndex() + line.getLength());
        text.append(' ');
      }
      Matcher box = BOX.matcher(text);
      boolean boxed = box.lookingAt();
      String words = (boxed ? text.substring(box.end()) : text.toString()).strip();
      boolean done = boxed && box.group(1).equalsIgnoreCase("x");
      return new Item(
          new Task(words.replaceAll("\\s+", " "), done),
          lines.getFirst().getInputIndex(),
          boxed,
          parent);
    }
  }
}
