import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Breaks words that are longer than a line. Takes the file with the wrapping. */
public final class BreakLongWords {
  private static final String PLACE =
      """
            if (line.length() > 0) {
              line.append(' ');
      """;
  private static final String BREAK =
      """
            while (word.codePointCount(0, word.length()) > width) {
              int end = word.offsetByCodePoints(0, width);
              lines.add(word.substring(0, end));
              word = word.substring(end);
            }
      """;
  private static final String DOCUMENTED =
      """
         * Breaks text at white space. A line break in the text always ends a line.
      """;
  private static final String LAW =
      """
         * Breaks text at white space, and words only where they are longer than a line. A line break in
         * the text always ends a line.
      """;

  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    String source = Files.readString(file);
    source = replaceOnce(source, PLACE, BREAK + PLACE);
    source = replaceOnce(source, DOCUMENTED, LAW);
    Files.writeString(file, source);
  }

  private static String replaceOnce(String source, String old, String text) {
    int at = source.indexOf(old);
    if (at < 0 || source.indexOf(old, at + 1) >= 0) {
      throw new IllegalStateException("expected exactly once:\n" + old);
    }
    return source.substring(0, at) + text + source.substring(at + old.length());
  }
}
