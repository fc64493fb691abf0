package dev.capstan.verification.dilution;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.treesitter.TSInputEncoding;
import org.treesitter.TSLanguage;
import org.treesitter.TSNode;
import org.treesitter.TSParser;
import org.treesitter.TSTree;
import org.treesitter.TSTreeCursor;

/**
 * Parses untrusted text: bounded in size, depth, number of nodes and time. What the native parser
 * holds is freed before the tree is handed out.
 */
final class SyntaxTrees {
  /** In bytes. */
  static final int LARGEST = 512 * 1024;

  private static final int DEEPEST = 500;
  private static final int MOST_NODES = 600_000;
  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final int CHUNK = 64 * 1024;

  private final byte[] text;
  private final SourceLanguage language;
  private int nodes;

  private SyntaxTrees(byte[] text, SourceLanguage language) {
    this.text = text;
    this.language = language;
  }

  static SyntaxNode parse(SourceLanguage language, String text) throws Unparsed {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > LARGEST) {
      throw new Unparsed("is larger than " + LARGEST / 1024 + " KiB");
    }
    try {
      return new SyntaxTrees(bytes, language).parse();
    } catch (LinkageError | RuntimeException noParser) {
      throw new Unparsed("can't be parsed on this machine: " + noParser.getMessage());
    }
  }

  private SyntaxNode parse() throws Unparsed {
    try (TSLanguage grammar = language.grammar();
        TSParser parser = new TSParser()) {
      parser.setLanguage(grammar);
      try (@Nullable TSTree tree = tree(parser)) {
        if (tree == null) {
          throw new Unparsed("took longer than " + LIMIT.toSeconds() + " s to parse");
        }
        if (tree.getRootNode().hasError()) {
          throw new Unparsed("is not understood by the parser for " + language);
        }
        return copied(tree);
      }
    }
  }

  private @Nullable TSTree tree(TSParser parser) {
    long end = System.nanoTime() + LIMIT.toNanos();
    return parser.parseWithOptions(
        new byte[CHUNK],
        null,
        (buffer, offset, _) -> {
          int length = Math.max(0, Math.min(buffer.length, text.length - offset));
          System.arraycopy(text, Math.min(offset, text.length), buffer, 0, length);
          return length;
        },
        TSInputEncoding.TSInputEncodingUTF8,
        _ -> System.nanoTime() > end);
  }

  private SyntaxNode copied(TSTree tree) throws Unparsed {
    try (TSTreeCursor cursor = new TSTreeCursor(tree.getRootNode())) {
      return copied(cursor, 0);
    }
  }

  private SyntaxNode copied(TSTreeCursor cursor, int depth) throws Unparsed {
    if (depth > DEEPEST || ++nodes > MOST_NODES) {
      throw new Unparsed("is nested too deeply or too large to compare");
    }
    TSNode node = cursor.currentNode();
    String field = cursor.currentFieldName();
    List<SyntaxNode> children = new ArrayList<>();
    if (cursor.gotoFirstChild()) {
      do {
        if (!cursor.currentNode().getType().contains("comment")) {
          children.add(copied(cursor, depth + 1));
        }
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    String leaf = children.isEmpty() ? text(node) : "";
    return new SyntaxNode(node.getType(), field == null ? "" : field, leaf, children);
  }

  private String text(TSNode node) {
    int start = node.getStartByte();
    return new String(text, start, node.getEndByte() - start, StandardCharsets.UTF_8);
  }
}
