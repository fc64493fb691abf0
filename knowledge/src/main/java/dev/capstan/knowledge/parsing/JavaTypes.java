package dev.capstan.knowledge.parsing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads types as they are written, without annotations and with no variables of methods. */
final class JavaTypes {
  private static final int LONGEST = 1_000;
  private static final Pattern ANNOTATION = Pattern.compile("@[\\w.]+(?:\\([^)]*\\))?\\s*");
  private static final Pattern NAME = Pattern.compile("(?<![\\w.])\\w+");
  private static final Set<String> NO_TYPES = Set.of("extends", "implements", ",", "&");

  private final byte[] text;

  JavaTypes(byte[] text) {
    this.text = text;
  }

  String text(SyntaxNode node) {
    int length = Math.min(node.end() - node.start(), LONGEST);
    return new String(text, node.start(), length, StandardCharsets.UTF_8).strip();
  }

  /** "" if there is none. */
  String type(SyntaxNode node) {
    String plain = ANNOTATION.matcher(text(node)).replaceAll("").replaceAll("\\s+", " ").strip();
    int alternative = plain.indexOf('|');
    return alternative < 0 ? plain : plain.substring(0, alternative).strip();
  }

  /** What stands after {@code extends} and {@code implements}. */
  List<String> supers(SyntaxNode declaration) {
    List<String> supers = new ArrayList<>();
    for (SyntaxNode child : declaration.children()) {
      switch (child.type()) {
        case "superclass" -> listed(child, supers);
        case "super_interfaces", "extends_interfaces" ->
            child
                .firstOf("type_list", "interface_type_list")
                .ifPresent(list -> listed(list, supers));
        default -> {}
      }
    }
    return supers;
  }

  private void listed(SyntaxNode list, List<String> types) {
    for (SyntaxNode child : list.children()) {
      if (!NO_TYPES.contains(child.type()) && !child.leads()) {
        types.add(type(child));
      }
    }
  }

  /** Variables with their first bounds; "" for none. */
  Map<String, String> variables(SyntaxNode declaration) {
    Map<String, String> variables = new LinkedHashMap<>();
    declaration
        .firstOf("type_parameters")
        .ifPresent(parameters -> {
          for (SyntaxNode each : parameters.children()) {
            if (each.type().equals("type_parameter")) {
              String[] parts = type(each).split("\\bextends\\b", 2);
              variables.put(
                  parts[0].strip(), parts.length < 2 ? "" : parts[1].split("&", 2)[0].strip());
            }
          }
        });
    return variables;
  }

  /** Puts bounds in the places of variables. */
  static String bound(String type, Map<String, String> variables, String unbounded) {
    if (variables.isEmpty() || type.isEmpty()) {
      return type;
    }
    return NAME.matcher(type)
        .replaceAll(name -> {
          String bound = variables.get(name.group());
          String raw = bound == null ? name.group() : bound.split("<", 2)[0].strip();
          boolean isVariable = variables.containsKey(raw);
          return Matcher.quoteReplacement(raw.isEmpty() || isVariable ? unbounded : raw);
        });
  }

  static int dimensions(String written) {
    return (int) written.chars().filter(c -> c == '[').count();
  }
}
