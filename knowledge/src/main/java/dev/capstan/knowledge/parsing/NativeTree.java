package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.treesitter.TSLanguage;

/**
 * Parses with one grammar, one text after the other. A tree is copied and freed before it is handed
 * out; the parser and its language live as long as this.
 */
final class NativeTree implements AutoCloseable {
  private static final int DEEPEST = 400;
  private static final int MOST_NODES = 1_500_000;

  private final TSLanguage loaded;
  private final MemorySegment language;
  private final MemorySegment parser;

  /** Names come over the border to native code once. */
  private final Map<Short, String> types = new HashMap<>();

  private final Map<Short, String> fields = new HashMap<>();

  NativeTree(Language language, Grammar grammar) {
    this.loaded = grammar.nativeLanguage().get();
    this.language = TreeSitter.language(language.word());
    this.parser = TreeSitter.newParser(this.language);
  }

  SyntaxNode parse(byte[] text) throws Unparsed {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = arena.allocate(Math.max(1, text.length));
      MemorySegment.copy(text, 0, copy, ValueLayout.JAVA_BYTE, 0, text.length);
      MemorySegment tree = TreeSitter.parse(parser, copy, text.length);
      if (tree.equals(MemorySegment.NULL)) {
        throw new Unparsed("was not understood by its parser");
      }
      try {
        return copied(arena, tree, text);
      } finally {
        TreeSitter.deleteTree(tree);
      }
    }
  }

  private SyntaxNode copied(Arena arena, MemorySegment tree, byte[] text) throws Unparsed {
    MemorySegment room = arena.allocate(TreeSitter.NODE_SIZE, Long.BYTES);
    MemorySegment root = TreeSitter.root((_, _) -> room, tree);
    MemorySegment place = arena.allocate(TreeSitter.CURSOR_SIZE, Long.BYTES);
    MemorySegment cursor = TreeSitter.newCursor((_, _) -> place, root);
    try {
      return new Copy(cursor, (_, _) -> room, lineStarts(text)).node(0);
    } finally {
      TreeSitter.deleteCursor(cursor);
    }
  }

  private static int[] lineStarts(byte[] text) {
    int[] starts = new int[16];
    int count = 1;
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\n') {
        if (count == starts.length) {
          starts = Arrays.copyOf(starts, count * 2);
        }
        starts[count++] = i + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  @Override
  public void close() {
    TreeSitter.deleteParser(parser);
    loaded.close();
  }

  private final class Copy {
    private final MemorySegment cursor;

    /** One node at a time lies here. */
    private final SegmentAllocator room;

    private final int[] lineStarts;
    private int nodes;

    Copy(MemorySegment cursor, SegmentAllocator room, int[] lineStarts) {
      this.cursor = cursor;
      this.room = room;
      this.lineStarts = lineStarts;
    }

    SyntaxNode node(int depth) throws Unparsed {
      if (depth > DEEPEST || ++nodes > MOST_NODES) {
        throw new Unparsed("is nested too deeply, or too large, to be parsed");
      }
      MemorySegment node = TreeSitter.node(room, cursor);
      String type =
          types.computeIfAbsent(
              TreeSitter.symbol(node), symbol -> TreeSitter.symbolName(language, symbol));
      short fieldId = TreeSitter.field(cursor);
      String field =
          fieldId == 0
              ? ""
              : fields.computeIfAbsent(fieldId, id -> TreeSitter.fieldName(language, id));
      int start = TreeSitter.start(node);
      int end = TreeSitter.end(node);
      List<SyntaxNode> children = children(depth);
      return new SyntaxNode(
          type, field, start, end, line(start), line(Math.max(start, end - 1)), children);
    }

    private List<SyntaxNode> children(int depth) throws Unparsed {
      if (!TreeSitter.firstChild(cursor)) {
        return List.of();
      }
      List<SyntaxNode> children = new ArrayList<>();
      do {
        children.add(node(depth + 1));
      } while (TreeSitter.nextSibling(cursor));
      if (!TreeSitter.parent(cursor)) {
        throw new IllegalStateException("a child without a parent");
      }
      return children;
    }

    private int line(int offset) {
      int found = Arrays.binarySearch(lineStarts, offset);
      return found >= 0 ? found + 1 : -found - 1;
    }
  }
}
