package dev.capstan.verification.rendering;

import java.util.stream.Collectors;

/** Untrusted text as HTML that shows as the same text, in an element or an attribute's quotes. */
final class HtmlText {
  static final int LINE = 4_000;
  private static final int CODE = 1_000;

  private HtmlText() {}

  /** Prose on one line, its direction kept to itself. */
  static String text(String raw) {
    return "<bdi>" + plain(raw) + "</bdi>";
  }

  /** Prose without an element around it, for a title. */
  static String plain(String raw) {
    return escaped(VisibleText.line(raw, LINE));
  }

  static String textOr(String raw, String absent) {
    return raw.isBlank() ? "<span class=\"absent\">" + escaped(absent) + "</span>" : text(raw);
  }

  static String paragraph(String raw) {
    return VisibleText.lines(raw, LINE).stream()
        .map(line -> "<bdi>" + escaped(line) + "</bdi>")
        .collect(Collectors.joining("<br>\n"));
  }

  /** An identifier, a path or a command. */
  static String code(String raw) {
    return raw.isBlank()
        ? textOr("", "not recorded")
        : "<code>" + escaped(VisibleText.exact(raw, CODE).strip()) + "</code>";
  }

  static String escaped(String shown) {
    return shown
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
