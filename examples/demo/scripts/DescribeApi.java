import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the section "What is in it" of a README from the public classes, their Javadoc and their
 * public methods. Takes the README and the folder with the packages.
 */
public final class DescribeApi {
  private static final Pattern SECTION =
      Pattern.compile("(?<=^## What is in it\\n\\n)[\\s\\S]*?(?=\\n## |\\z)", Pattern.MULTILINE);
  private static final Pattern TYPE =
      Pattern.compile("/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\npublic (?:final )?class (\\w+)");
  private static final Pattern METHOD =
      Pattern.compile(
          "/\\*\\*((?:(?!\\*/)[\\s\\S])*)\\*/\\n  public (?:static )?([\\w<>, ]+) (\\w+)\\(([^)]*)\\)");

  public static void main(String[] arguments) throws IOException {
    Path readme = Path.of(arguments[0]);
    String text = Files.readString(readme);
    Matcher section = SECTION.matcher(text);
    if (!section.find()) {
      throw new IllegalStateException(readme + " has no section \"What is in it\"");
    }
    String described = describe(Path.of(arguments[1]));
    Files.writeString(
        readme, text.substring(0, section.start()) + described + text.substring(section.end()));
  }

  private static String describe(Path folder) throws IOException {
    SortedMap<String, StringBuilder> packages = new TreeMap<>();
    for (Path file : sources(folder)) {
      String source = Files.readString(file);
      Matcher type = TYPE.matcher(source);
      if (type.find()) {
        String name = folder.relativize(file.getParent()).toString().replace('/', '.');
        packages
            .computeIfAbsent(name, found -> new StringBuilder("### " + found + "\n\n"))
            .append(entry(type.group(2), type.group(1), source));
      }
    }
    return String.join("", packages.values()).stripTrailing() + "\n";
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static String entry(String type, String documentation, String source) {
    StringBuilder entry = new StringBuilder();
    entry.append("**`").append(type).append("`**: ").append(sentence(documentation)).append("\n\n");
    entry.append("| method | what it does |\n| --- | --- |\n");
    Matcher method = METHOD.matcher(source);
    while (method.find()) {
      String parameters = method.group(4).replaceAll("\\s+", " ").strip();
      entry
          .append("| `")
          .append(method.group(3) + "(" + parameters + ")")
          .append("` | ")
          .append(sentence(method.group(1)))
          .append(" |\n");
    }
    return entry.append('\n').toString();
  }

  /** The first sentence, in Markdown. */
  private static String sentence(String documentation) {
    String text =
        documentation
            .replaceAll("(?m)^\\s*\\* ?", "")
            .replaceAll("\\n\\s*@[\\s\\S]*", "")
            .replaceAll("\\{@code ([^}]*)\\}", "`$1`")
            .replaceAll("\\{@link #?([^}]*)\\}", "`$1`")
            .replaceAll("\\s+", " ")
            .strip();
    Matcher end = Pattern.compile("[.](?= |$)").matcher(text);
    return end.find() ? text.substring(0, end.end()) : text;
  }
}
