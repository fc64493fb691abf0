package dev.capstan.knowledge.parsing;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.Parsed.How;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Parses in this process, with native code. */
final class SyntaxParser implements AutoCloseable {
  private final Map<Language, NativeTree> trees = new EnumMap<>(Language.class);

  Parsed parse(Language language, String text) throws Unparsed {
    Grammar grammar =
        Grammar.of(language).orElseThrow(() -> new Unparsed("has no grammar for " + language));
    NativeTree tree = trees.computeIfAbsent(language, _ -> new NativeTree(language, grammar));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    SyntaxNode root = tree.parse(bytes);
    // As the parser counts lines: only by line feeds.
    List<String> lines = List.of(text.split("\n", -1));
    return language == Language.JAVA
        ? java(root, bytes, lines)
        : any(language, grammar, root, bytes, lines);
  }

  private static Parsed java(SyntaxNode root, byte[] bytes, List<String> lines) {
    JavaExtraction found = JavaExtraction.of(root, bytes);
    return new Parsed(
        How.SYNTAX,
        "",
        found.symbols(),
        found.imports(),
        found.calls(),
        Headers.over(Pieces.of(root, lines), found.symbols()),
        found.declarations(),
        List.of());
  }

  private static Parsed any(
      Language language, Grammar grammar, SyntaxNode root, byte[] bytes, List<String> lines) {
    Extraction found = Extraction.of(language, grammar, root, bytes);
    return new Parsed(
        How.SYNTAX,
        "",
        found.symbols(),
        found.imports(),
        found.calls(),
        Headers.over(Pieces.of(root, lines), found.symbols()),
        List.of(),
        List.of());
  }

  @Override
  public void close() {
    trees.values().forEach(NativeTree::close);
  }
}
