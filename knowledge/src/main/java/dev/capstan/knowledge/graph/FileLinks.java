package dev.capstan.knowledge.graph;

import dev.capstan.knowledge.Language;
import dev.capstan.knowledge.index.Role;
import dev.capstan.knowledge.parsing.Parsed;
import dev.capstan.knowledge.parsing.Parsed.Declaration;
import dev.capstan.knowledge.parsing.Parsed.Kind;
import dev.capstan.knowledge.parsing.Parsed.Symbol;
import dev.capstan.knowledge.parsing.ParsedFile;
import dev.capstan.knowledge.resolving.Link;
import dev.capstan.knowledge.resolving.Resolution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a graph keeps of a file.
 *
 * @param note why it was cut by lines; "" if it was parsed
 * @param ids of its symbols
 */
record FileLinks(
    String path,
    Language language,
    Role role,
    String note,
    List<Symbol> symbols,
    List<String> ids,
    List<Link> links,
    Set<String> asked) {

  static FileLinks of(ParsedFile file, Resolution resolution) {
    Parsed parsed = file.parsed();
    return new FileLinks(
        file.path(),
        file.language(),
        Role.of(file.path(), file.language()),
        parsed.note(),
        parsed.symbols(),
        ids(file.path(), parsed),
        resolution.links(),
        resolution.asked());
  }

  private static List<String> ids(String path, Parsed parsed) {
    Map<Integer, String> parameters = new HashMap<>();
    for (Declaration each : parsed.declarations()) {
      boolean takes = each.form() == Parsed.Form.METHOD || each.form() == Parsed.Form.CONSTRUCTOR;
      if (takes && each.symbol() >= 0) {
        parameters.put(
            each.symbol(),
            each.parameters().stream()
                .map(FileLinks::erased)
                .collect(Collectors.joining(",", "(", ")")));
      }
    }
    Map<String, Integer> count = new HashMap<>();
    parsed.symbols().forEach(symbol -> count.merge(symbol.qualifiedName(), 1, Integer::sum));
    Map<String, Integer> seen = new HashMap<>();
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < parsed.symbols().size(); i++) {
      String name = parsed.symbols().get(i).qualifiedName();
      boolean isOne = count.getOrDefault(name, 0) == 1;
      String id = path + '#' + name + (isOne ? "" : parameters.getOrDefault(i, ""));
      int nth = seen.merge(id, 1, Integer::sum);
      ids.add(nth == 1 ? id : id + '~' + nth);
    }
    return List.copyOf(ids);
  }

  /** Without type arguments; what is a variable may be any object. */
  private static String erased(String type) {
    String plain = type;
    for (String before = ""; !before.equals(plain); ) {
      before = plain;
      plain = plain.replaceAll("<[^<>]*>", "");
    }
    return plain.replace("?", "Object");
  }

  boolean isTest() {
    return role == Role.TEST;
  }

  boolean isDoc() {
    return role == Role.DOCS;
  }

  /** The file for -1. */
  String id(int symbol) {
    return symbol < 0 ? path : ids.get(symbol);
  }

  Node node() {
    return new Node(path, isDoc() ? Node.Kind.DOC : Node.Kind.FILE, path, path, 0, 0);
  }

  Node node(int symbol) {
    Symbol found = symbols.get(symbol);
    Node.Kind kind =
        found.kind() == Kind.HEADING
            ? Node.Kind.DOC
            : found.test() ? Node.Kind.TEST : Node.Kind.SYMBOL;
    return new Node(
        ids.get(symbol), kind, found.qualifiedName(), path, found.firstLine(), found.lastLine());
  }
}
