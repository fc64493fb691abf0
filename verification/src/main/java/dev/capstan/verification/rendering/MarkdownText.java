package dev.capstan.verification.rendering;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Untrusted text as GitHub Flavored Markdown that shows as the same text wherever it stands: in a
 * paragraph, a list, a quote or the cell of a table.
 *
 * <p>Forges look for mentions, issue references and addresses in the rendered page, where a
 * backslash no longer counts; only code is left alone. So a word that could become one is code.
 */
final class MarkdownText {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "@|\\$|://|www\\.|(?:mailto|xmpp|javascript|data):|#\\w|\\bGH-\\d|:[\\w+-]+:"
              + "|(?<!\\w)[!%~&^*]\\w|\\b(?=\\d*[a-f])[0-9a-f]{7,}\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern INLINE = Pattern.compile("[\\\\`*_\\[\\]<>&|~]");
  private static final Pattern BLOCK =
      Pattern.compile("^(\\d*)((?<!\\d)[#+=-]|(?<=\\d)[.)](?= |$))");
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private MarkdownText() {}

  /** Prose on one line. */
  static String text(String raw, int limit) {
    return escaped(VisibleText.line(raw, limit));
  }

  /** Prose of several lines as a quote; never empty. */
  static String quote(String raw, int limit) {
    List<String> lines = VisibleText.lines(raw, limit);
    return lines.stream().map(l -> "> " + escaped(l)).collect(Collectors.joining("<br>\n"));
  }

  /** An identifier, a path or a command, on one line. */
  static String code(String raw, int limit) {
    return span(VisibleText.exact(raw, limit).strip());
  }

  /** A block of code that none of its lines can end. */
  static String fenced(String language, List<String> lines) {
    String fence = "`".repeat(Math.max(3, longestBackticks(lines) + 1));
    return fence + language + "\n" + String.join("\n", lines) + "\n" + fence;
  }

  private static int longestBackticks(List<String> lines) {
    return lines.stream()
        .flatMap(line -> BACKTICKS.matcher(line).results())
        .mapToInt(run -> run.end() - run.start())
        .max()
        .orElse(0);
  }

  private static String escaped(String line) {
    String escaped =
        Arrays.stream(line.split(" ")).map(MarkdownText::word).collect(Collectors.joining(" "));
    return BLOCK.matcher(escaped).replaceFirst("$1\\\\$2");
  }

  private static String word(String word) {
    return REFERENCE.matcher(word).find() ? span(word) : INLINE.matcher(word).replaceAll("\\\\$0");
  }

  /** In backticks where that is beyond doubt, else as an element without any punctuation. */
  private static String span(String shown) {
    boolean plain = !shown.isEmpty() && shown.chars().noneMatch(c -> "`|$".indexOf(c) >= 0);
    return plain ? "`" + shown + "`" : "<code>" + entities(shown) + "</code>";
  }

  private static String entities(String shown) {
    return shown
        .codePoints()
        .mapToObj(
            c -> c > 127 || c == ' ' || Character.isLetterOrDigit(c) ? chars(c) : "&#" + c + ";")
        .collect(Collectors.joining());
  }

  private static String chars(int point) {
    return Character.toString(point);
  }
}
