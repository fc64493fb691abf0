package dev.capstan.knowledge.parsing;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BOOLEAN;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.treesitter.TSParser;

/**
 * The functions of tree-sitter's C library that are needed to walk a tree. The artifacts' own Java
 * classes serve to load the libraries; their way through JNI took ten times as long for each node.
 * See {@code tree_sitter/api.h} for what each does.
 */
@SuppressWarnings("restricted") // It calls native code, in a process that may die of it.
final class TreeSitter {
  /** {@code TSNode}: context[4], id, tree. */
  private static final StructLayout NODE =
      MemoryLayout.structLayout(MemoryLayout.sequenceLayout(4, JAVA_INT), ADDRESS, ADDRESS);

  /** {@code TSTreeCursor}: tree, id, context[3]. */
  private static final StructLayout CURSOR =
      MemoryLayout.structLayout(
          ADDRESS,
          ADDRESS,
          MemoryLayout.sequenceLayout(3, JAVA_INT),
          MemoryLayout.paddingLayout(4));

  static final long NODE_SIZE = NODE.byteSize();
  static final long CURSOR_SIZE = CURSOR.byteSize();
  private static final long LONGEST_NAME = 200;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup LIBRARIES = libraries();

  private static final MethodHandle PARSER_NEW =
      function("ts_parser_new", FunctionDescriptor.of(ADDRESS));
  private static final MethodHandle PARSER_DELETE =
      function("ts_parser_delete", FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle SET_LANGUAGE =
      function("ts_parser_set_language", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS, ADDRESS));
  private static final MethodHandle PARSE =
      function(
          "ts_parser_parse_string",
          FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle TREE_DELETE =
      function("ts_tree_delete", FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle ROOT =
      function("ts_tree_root_node", FunctionDescriptor.of(NODE, ADDRESS));
  private static final MethodHandle CURSOR_NEW =
      function("ts_tree_cursor_new", FunctionDescriptor.of(CURSOR, NODE));
  private static final MethodHandle CURSOR_DELETE =
      function("ts_tree_cursor_delete", FunctionDescriptor.ofVoid(ADDRESS));
  private static final MethodHandle CURRENT_NODE =
      function("ts_tree_cursor_current_node", FunctionDescriptor.of(NODE, ADDRESS));
  private static final MethodHandle CURRENT_FIELD =
      function("ts_tree_cursor_current_field_id", FunctionDescriptor.of(JAVA_SHORT, ADDRESS));
  private static final MethodHandle FIRST_CHILD =
      function("ts_tree_cursor_goto_first_child", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
  private static final MethodHandle NEXT_SIBLING =
      function("ts_tree_cursor_goto_next_sibling", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
  private static final MethodHandle PARENT =
      function("ts_tree_cursor_goto_parent", FunctionDescriptor.of(JAVA_BOOLEAN, ADDRESS));
  private static final MethodHandle SYMBOL =
      function("ts_node_symbol", FunctionDescriptor.of(JAVA_SHORT, NODE));
  private static final MethodHandle START =
      function("ts_node_start_byte", FunctionDescriptor.of(JAVA_INT, NODE));
  private static final MethodHandle END =
      function("ts_node_end_byte", FunctionDescriptor.of(JAVA_INT, NODE));
  private static final MethodHandle SYMBOL_NAME =
      function("ts_language_symbol_name", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_SHORT));
  private static final MethodHandle FIELD_NAME =
      function(
          "ts_language_field_name_for_id", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_SHORT));

  private TreeSitter() {}

  /** A parser's class loads the library that all grammars share. */
  private static SymbolLookup libraries() {
    try (TSParser _ = new TSParser()) {
      return SymbolLookup.loaderLookup();
    }
  }

  private static MethodHandle function(String name, FunctionDescriptor types) {
    return LINKER.downcallHandle(LIBRARIES.findOrThrow(name), types);
  }

  /** The grammar's library has to be loaded. */
  static MemorySegment language(String name) {
    MethodHandle maker =
        LINKER.downcallHandle(
            SymbolLookup.loaderLookup().findOrThrow("tree_sitter_" + name),
            FunctionDescriptor.of(ADDRESS));
    try {
      return (MemorySegment) maker.invokeExact();
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static MemorySegment newParser(MemorySegment language) {
    try {
      MemorySegment parser = (MemorySegment) PARSER_NEW.invokeExact();
      if (!(boolean) SET_LANGUAGE.invokeExact(parser, language)) {
        throw new IllegalStateException("the grammar is of another version than its parser");
      }
      return parser;
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static void deleteParser(MemorySegment parser) {
    try {
      PARSER_DELETE.invokeExact(parser);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  /** A null address if it can't be parsed. */
  static MemorySegment parse(MemorySegment parser, MemorySegment text, int length) {
    try {
      return (MemorySegment) PARSE.invokeExact(parser, MemorySegment.NULL, text, length);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static void deleteTree(MemorySegment tree) {
    try {
      TREE_DELETE.invokeExact(tree);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static MemorySegment root(SegmentAllocator room, MemorySegment tree) {
    try {
      return (MemorySegment) ROOT.invokeExact(room, tree);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static MemorySegment newCursor(SegmentAllocator room, MemorySegment node) {
    try {
      return (MemorySegment) CURSOR_NEW.invokeExact(room, node);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static void deleteCursor(MemorySegment cursor) {
    try {
      CURSOR_DELETE.invokeExact(cursor);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static MemorySegment node(SegmentAllocator room, MemorySegment cursor) {
    try {
      return (MemorySegment) CURRENT_NODE.invokeExact(room, cursor);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  /** 0 if the node has no field. */
  static short field(MemorySegment cursor) {
    try {
      return (short) CURRENT_FIELD.invokeExact(cursor);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static boolean firstChild(MemorySegment cursor) {
    try {
      return (boolean) FIRST_CHILD.invokeExact(cursor);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static boolean nextSibling(MemorySegment cursor) {
    try {
      return (boolean) NEXT_SIBLING.invokeExact(cursor);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static boolean parent(MemorySegment cursor) {
    try {
      return (boolean) PARENT.invokeExact(cursor);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static short symbol(MemorySegment node) {
    try {
      return (short) SYMBOL.invokeExact(node);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static int start(MemorySegment node) {
    try {
      return (int) START.invokeExact(node);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static int end(MemorySegment node) {
    try {
      return (int) END.invokeExact(node);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  static String symbolName(MemorySegment language, short symbol) {
    return name(SYMBOL_NAME, language, symbol);
  }

  static String fieldName(MemorySegment language, short field) {
    return name(FIELD_NAME, language, field);
  }

  private static String name(MethodHandle of, MemorySegment language, short id) {
    try {
      MemorySegment text = (MemorySegment) of.invokeExact(language, id);
      return text.equals(MemorySegment.NULL) ? "" : text.reinterpret(LONGEST_NAME).getString(0);
    } catch (Throwable failure) {
      throw broken(failure);
    }
  }

  private static RuntimeException broken(Throwable failure) {
    return switch (failure) {
      case Error error -> throw error;
      case RuntimeException known -> known;
      default -> new IllegalStateException("a function of tree-sitter failed", failure);
    };
  }
}
