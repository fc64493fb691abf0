package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.parsing.ParsedFile;
import dev.capstan.knowledge.parsing.Parsing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Files of a tree, parsed by the real parsers. */
public final class Sources implements AutoCloseable {
  private final Parsing parsing = new Parsing();
  private final Map<String, String> texts = new TreeMap<>();

  public Sources with(String path, String text) {
    texts.put(path, text);
    return this;
  }

  Sources without(String path) {
    texts.remove(path);
    return this;
  }

  ParsedFile parsed(String path) {
    Language language = Language.of(path);
    try {
      return new ParsedFile(path, language, parsing.parse(language, texts.getOrDefault(path, "")));
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  Optional<List<ParsedFile>> parsed(Set<String> paths) {
    List<ParsedFile> files = new ArrayList<>();
    paths.forEach(path -> files.add(parsed(path)));
    return Optional.of(files);
  }

  /** From nothing. */
  public CodeGraph graph() {
    return new GraphBuilder()
        .update(parsed(texts.keySet()).orElseThrow(), Set.of(), this::parsed, List.of())
        .orElseThrow();
  }

  /** After a change of these files, some of which may be gone. */
  CodeGraph after(GraphBuilder builder, String... paths) {
    List<ParsedFile> changed = new ArrayList<>();
    Set<String> removed = new java.util.HashSet<>();
    for (String path : paths) {
      if (texts.containsKey(path)) {
        changed.add(parsed(path));
      } else {
        removed.add(path);
      }
    }
    return builder.update(changed, removed, this::parsed, List.of()).orElseThrow();
  }

  String[] paths() {
    return texts.keySet().toArray(new String[0]);
  }

  @Override
  public void close() {
    parsing.close();
  }
}
