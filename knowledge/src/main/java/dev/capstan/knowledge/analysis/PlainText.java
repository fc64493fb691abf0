package dev.capstan.knowledge.analysis;

/** Text of others, without what cannot be seen: it could say to a model what no person reads. */
final class PlainText {
  private PlainText() {}

  /** Ends of lines stay, a tab is four blanks, and what is not seen otherwise becomes {@code ?}. */
  static String of(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.replace("\r\n", "\n").codePoints().forEach(c -> append(plain, c));
    return plain.toString();
  }

  private static void append(StringBuilder plain, int c) {
    switch (Character.getType(c)) {
      case Character.CONTROL -> plain.append(c == '\n' ? "\n" : c == '\t' ? "    " : "?");
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          plain.append('?');
      default -> plain.appendCodePoint(c);
    }
  }

  /** In one line, with one blank between two words. */
  static String inOneLine(String text) {
    return of(text).replaceAll("\\s+", " ").strip();
  }
}
