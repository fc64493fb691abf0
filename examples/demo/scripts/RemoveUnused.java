import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Removes imports, private constants and private static methods that their file never names again.
 * Takes the folders to clean; a name in a comment or a string counts as used.
 */
public final class RemoveUnused {
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?[\\w.]+\\.(\\w+);\\n", Pattern.MULTILINE);
  private static final Pattern CONSTANT =
      Pattern.compile(
          "^  private static final [\\w<>, \\[\\]]+ (\\w+) = [^;\\n]+;\\n", Pattern.MULTILINE);
  private static final Pattern METHOD =
      Pattern.compile(
          "\\n(?:  /\\*\\*(?:(?!\\*/)[\\s\\S])*\\*/\\n)?"
              + "  private static [\\w<>, \\[\\]]+ (\\w+)\\([^)]*\\) \\{\\n[\\s\\S]*?\\n  \\}\\n");

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      for (Path file : sources(Path.of(folder))) {
        String source = Files.readString(file);
        String cleaned = clean(file, source);
        if (!cleaned.equals(source)) {
          Files.writeString(file, cleaned);
        }
      }
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Until nothing more is found: what only removed code used is unused as well. */
  private static String clean(Path file, String source) {
    String before;
    String after = source;
    do {
      before = after;
      for (Pattern declaration : List.of(METHOD, CONSTANT, IMPORT)) {
        after = without(declaration, file, after);
      }
    } while (!after.equals(before));
    return after;
  }

  private static String without(Pattern declaration, Path file, String source) {
    Matcher found = declaration.matcher(source);
    StringBuilder kept = new StringBuilder();
    while (found.find()) {
      String name = found.group(1);
      String rest = source.substring(0, found.start()) + source.substring(found.end());
      boolean used = Pattern.compile("\\b" + name + "\\b").matcher(rest).find();
      if (!used) {
        System.out.println(file + ": " + name + " is not used");
      }
      found.appendReplacement(kept, used ? Matcher.quoteReplacement(found.group()) : "");
    }
    return found.appendTail(kept).toString();
  }
}
