import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Puts a page into the manual, wherever that is, with the result of each example in it. Takes the page and the folder of
 * the classes that it is about. An example is a row {@code | `expression` | ? |}; its result is what the compiled classes
 * say.
 */
public final class WritePage {
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\| `([^`]+)` \\| \\? \\|$");

  public static void main(String[] arguments) throws Exception {
    Path page = Path.of(arguments[0]);
    String text = Files.readString(page);
    List<String> expressions = EXAMPLE.matcher(text).results().map(found -> found.group(1)).toList();
    List<String> results = results(Path.of(arguments[1]), expressions);
    int[] next = {0};
    String written =
        EXAMPLE
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        "| `" + found.group(1) + "` | `" + results.get(next[0]++) + "` |"));
    Files.writeString(manual().resolve(page.getFileName()), written);
  }

  /** The folder with the page that has always been there. */
  private static Path manual() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(""), 2)) {
      return files
          .filter(file -> file.endsWith("wrapping.md"))
          .findFirst()
          .map(Path::getParent)
          .orElseThrow(() -> new IllegalStateException("there is no manual with a page wrapping.md"));
    }
  }

  private static List<String> results(Path classes, List<String> expressions) throws Exception {
    Path folder = Files.createTempDirectory("examples");
    Path examples = folder.resolve("Examples.java");
    Files.writeString(examples, source(packageOf(classes), expressions));
    List<String> options = new ArrayList<>(List.of("-proc:none", "-d", folder.toString()));
    sources(classes).forEach(file -> options.add(file.toString()));
    options.add(examples.toString());
    int failed =
        ToolProvider.getSystemJavaCompiler().run(null, null, null, options.toArray(String[]::new));
    if (failed != 0) {
      throw new IllegalStateException("the examples do not compile");
    }
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method all = loader.loadClass("Examples").getMethod("all");
      return List.of((String[]) all.invoke(null));
    }
  }

  private static String packageOf(Path classes) throws IOException {
    String source = Files.readString(sources(classes).get(0));
    Matcher named = Pattern.compile("(?m)^package ([\\w.]+);").matcher(source);
    if (!named.find()) {
      throw new IllegalStateException(classes + " has no package");
    }
    return named.group(1);
  }

  private static String source(String packageName, List<String> expressions) {
    StringBuilder source = new StringBuilder();
    source.append("import ").append(packageName).append(".*;\nimport java.time.*;\n");
    source.append("public class Examples {\n  public static String[] all() {\n    return new String[] {\n");
    for (String expression : expressions) {
      source.append("      String.valueOf(").append(expression).append("),\n");
    }
    return source.append("    };\n  }\n}\n").toString();
  }

  private static List<Path> sources(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }
}
