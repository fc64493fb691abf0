package dev.capstan.knowledge.resolving;

import java.util.ArrayList;
import java.util.List;

/**
 * A type as it is written, taken apart.
 *
 * @param name with dots and without arguments; "?" if it can't be known
 */
record TypeText(String name, List<TypeText> arguments, int dimensions) {
  private static final TypeText UNKNOWN = new TypeText("?", List.of(), 0);

  TypeText {
    arguments = List.copyOf(arguments);
  }

  static TypeText parse(String text) {
    return new Reader(text).type();
  }

  /** Reads from left to right; what it does not understand is unknown. */
  private static final class Reader {
    private final String text;
    private int at;

    Reader(String text) {
      this.text = text;
    }

    TypeText type() {
      String name = word();
      if (name.equals("?")) {
        return bounded();
      }
      List<TypeText> arguments = List.of();
      while (skipped('<') || skipped('.')) {
        if (text.charAt(at - 1) == '.') {
          name = name + '.' + word();
        } else {
          arguments = arguments();
        }
      }
      return name.isEmpty() ? UNKNOWN : new TypeText(name, arguments, dimensions());
    }

    /** What is below a bound is given what is of the bound: so it is good enough for both. */
    private TypeText bounded() {
      String bound = word();
      return bound.isEmpty() ? UNKNOWN : type();
    }

    private List<TypeText> arguments() {
      List<TypeText> arguments = new ArrayList<>();
      do {
        if (!skipped('>')) {
          arguments.add(type());
        } else {
          return arguments;
        }
      } while (skipped(','));
      skipped('>');
      return arguments;
    }

    private int dimensions() {
      int dimensions = 0;
      while (skipped('[')) {
        skipped(']');
        dimensions++;
      }
      boolean many = text.startsWith("...", at);
      at += many ? 3 : 0;
      return many ? dimensions + 1 : dimensions;
    }

    private String word() {
      skipSpace();
      int start = at;
      if (at < text.length() && text.charAt(at) == '?') {
        at++;
        return "?";
      }
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    private boolean skipped(char wanted) {
      skipSpace();
      boolean there = at < text.length() && text.charAt(at) == wanted;
      boolean isDots = wanted == '.' && text.startsWith("...", at);
      at += there && !isDots ? 1 : 0;
      return there && !isDots;
    }

    private void skipSpace() {
      while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
        at++;
      }
    }
  }
}
