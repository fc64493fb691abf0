import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Replaces {@code catch (Exception e)} by the exceptions that the calls in its try block throw.
 * Takes the folders to work on. A block without a call that it knows is left as it is.
 */
public final class NarrowCatches {
  private static final Pattern BROAD =
      Pattern.compile("\\btry \\{([^{}]*)\\} catch \\(Exception (\\w+)\\)");
  private static final String DATE_TIME = "java.time.DateTimeException";
  private static final String DATE_TIME_PARSE = "java.time.format.DateTimeParseException";
  private static final Map<Pattern, String> THROWN = new LinkedHashMap<>();

  static {
    THROWN.put(Pattern.compile("\\b(Long|Integer)\\.parse\\w+\\("), "NumberFormatException");
    THROWN.put(Pattern.compile("\\bMath\\.\\w+Exact\\("), "ArithmeticException");
    THROWN.put(Pattern.compile("\\bInstant\\.ofEpoch\\w+\\("), DATE_TIME);
    THROWN.put(Pattern.compile("\\b(Offset|Zoned|Local)\\w+\\.parse\\("), DATE_TIME_PARSE);
  }

  public static void main(String[] folders) throws IOException {
    for (String folder : folders) {
      for (Path file : sources(Path.of(folder))) {
        String source = Files.readString(file);
        String narrowed = narrow(file, source);
        if (!narrowed.equals(source)) {
          Files.writeString(file, narrowed);
        }
      }
    }
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String narrow(Path file, String source) {
    TreeSet<String> imports = new TreeSet<>();
    Matcher broad = BROAD.matcher(source);
    StringBuilder narrowed = new StringBuilder();
    while (broad.find()) {
      List<String> thrown = thrownBy(broad.group(1));
      String caught = broad.group();
      if (!thrown.isEmpty()) {
        String types = thrown.stream().map(NarrowCatches::simple).collect(Collectors.joining(" | "));
        caught = caught.replace("catch (Exception ", "catch (" + types + " ");
        thrown.stream().filter(type -> type.contains(".")).forEach(imports::add);
        System.out.println(file + ": catches " + types);
      }
      broad.appendReplacement(narrowed, Matcher.quoteReplacement(caught));
    }
    String result = broad.appendTail(narrowed).toString();
    for (String type : imports) {
      result = withImport(result, type);
    }
    return result;
  }

  private static List<String> thrownBy(String block) {
    List<String> thrown =
        THROWN.entrySet().stream()
            .filter(call -> call.getKey().matcher(block).find())
            .map(Map.Entry::getValue)
            .toList();
    // Java refuses a class beside its own superclass.
    return thrown.contains(DATE_TIME)
        ? thrown.stream().filter(type -> !type.equals(DATE_TIME_PARSE)).toList()
        : thrown;
  }

  private static String simple(String type) {
    return type.substring(type.lastIndexOf('.') + 1);
  }

  /** Puts the import before the first one that sorts after it. */
  private static String withImport(String source, String type) {
    String line = "import " + type + ";\n";
    if (source.contains(line)) {
      return source;
    }
    Matcher present = Pattern.compile("^import [\\w.]+;\\n", Pattern.MULTILINE).matcher(source);
    int place = -1;
    while (present.find()) {
      if (present.group().compareTo(line) > 0) {
        place = present.start();
        break;
      }
      place = present.end();
    }
    if (place < 0) {
      throw new IllegalStateException("no place for " + line);
    }
    return source.substring(0, place) + line + source.substring(place);
  }
}
