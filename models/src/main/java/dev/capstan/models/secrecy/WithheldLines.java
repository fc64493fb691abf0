package dev.capstan.models.secrecy;

import dev.capstan.core.Sha256;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Lines of files whose owners do not want a model to read them, known by their hashes alone. A line
 * is recognised wherever it stands as a line, also with a number before it as tools print it.
 */
public record WithheldLines(Set<String> hashes) {
  public static final WithheldLines NONE = new WithheldLines(Set.of());

  /** Shorter ones stand in every file. */
  private static final int SHORTEST = 12;

  private static final int HASH_DIGITS = 24;
  private static final Pattern NUMBER = Pattern.compile("^\\s*\\d{1,7}\\s*[→:|\\t]");
  private static final Pattern ENDS = Pattern.compile("(?<=\\n)|(?<=\\\\n)");

  /** Where a line is the first or the last of a JSON text, more of the JSON stands beside it. */
  private static final Pattern QUOTE = Pattern.compile("(?<!\\\\)\"");

  private static final String NOTICE = "[withheld: this file has opted out of models]";

  public WithheldLines {
    hashes = Set.copyOf(hashes);
  }

  /** The lines of a file's text that can be recognised. */
  public static Set<String> hashesOf(String text) {
    return text.lines()
        .map(String::strip)
        .filter(line -> line.length() >= SHORTEST)
        .map(WithheldLines::hash)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** The text with a notice in the place of each such line. */
  String without(String text) {
    if (hashes.isEmpty()) {
      return text;
    }
    return Arrays.stream(ENDS.split(text))
        .map(line -> isWithheld(line) ? NOTICE + end(line) : line)
        .collect(Collectors.joining());
  }

  private boolean isWithheld(String line) {
    String open = line.substring(0, line.length() - end(line).length());
    return holds(open) || Arrays.stream(QUOTE.split(open)).anyMatch(this::holds);
  }

  private boolean holds(String piece) {
    String content = content(piece);
    return isKnown(content) || isKnown(NUMBER.matcher(content).replaceFirst("").strip());
  }

  private boolean isKnown(String line) {
    return line.length() >= SHORTEST && hashes.contains(hash(line));
  }

  /** As it was before it became part of a JSON text. */
  private static String content(String piece) {
    return piece.replace("\\\"", "\"").replace("\\t", "\t").replace("\\\\", "\\").strip();
  }

  private static String end(String line) {
    return line.endsWith("\\n") ? "\\n" : line.endsWith("\n") ? "\n" : "";
  }

  private static String hash(String line) {
    return Sha256.hex(line).substring(0, HASH_DIGITS);
  }
}
