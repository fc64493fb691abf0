package dev.capstan.knowledge.parsing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * Parses with one grammar after the other. A tree is copied and freed before it is handed out; the
 * parser and its language live as long as this.
 */
final class NativeTree implements AutoCloseable {
  private static final int DEEPEST = 400;
  private static final int MOST_NODES = 1_500_000;
  private static final int READ = 64 * 1024;

  private final TSLanguage language;
  private final TSParser parser;

  /** Names come over the border to native code once. */
  private final Map<Integer, String> types = new HashMap<>();

  private final Map<Integer, String> fields = new HashMap<>();

  NativeTree(Grammar grammar) {
    this.language = grammar.nativeLanguage().get();
    this.parser = new TSParser();
    parser.setLanguage(language);
  }

  SyntaxNode parse(byte[] text) throws Unparsed {
    try (@Nullable TSTree tree =
        parser.parse(
            new byte[READ],
            null,
            (buffer, offset, _) -> read(text, buffer, offset),
            TSInputEncoding.TSInputEncodingUTF8)) {
      if (tree == null) {
        throw new Unparsed("was not understood by its parser");
      }
      try (TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
        return new Copy(cursor, lineStarts(text)).node(0);
      }
    }
  }

  private static int read(byte[] text, byte[] buffer, int offset) {
    int length = Math.max(0, Math.min(buffer.length, text.length - offset));
    System.arraycopy(text, Math.min(offset, text.length), buffer, 0, length);
    return length;
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
    parser.close();
    language.close();
  }

  private final class Copy {
    private final TSTreeCursor cursor;
    private final int[] lineStarts;
    private int nodes;

    Copy(TSTreeCursor cursor, int[] lineStarts) {
      this.cursor = cursor;
      this.lineStarts = lineStarts;
    }

    SyntaxNode node(int depth) throws Unparsed {
      if (depth > DEEPEST || ++nodes > MOST_NODES) {
        throw new Unparsed("is nested too deeply, or too large, to be parsed");
      }
      TSNode node = cursor.currentNode();
      String type = types.computeIfAbsent(node.getSymbol(), _ -> node.getType());
      int fieldId = cursor.currentFieldId();
      String field = fieldId == 0 ? "" : fields.computeIfAbsent(fieldId, this::fieldName);
      int start = node.getStartByte();
      int end = node.getEndByte();
      List<SyntaxNode> children = children(depth);
      return new SyntaxNode(
          type, field, start, end, line(start), line(Math.max(start, end - 1)), children);
    }

    private String fieldName(int id) {
      return language.fieldNameForId(id);
    }

    private List<SyntaxNode> children(int depth) throws Unparsed {
      if (!cursor.gotoFirstChild()) {
        return List.of();
      }
      List<SyntaxNode> children = new ArrayList<>();
      do {
        children.add(node(depth + 1));
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
      return children;
    }

    private int line(int offset) {
      int found = Arrays.binarySearch(lineStarts, offset);
      return found >= 0 ? found + 1 : -found - 1;
    }
  }
}
