import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes the index of the manual. Takes its folder and the one it was in; a page that was written there while the manual
 * moved is put with the others.
 */
public final class IndexManual {
  public static void main(String[] arguments) throws IOException {
    Path manual = Path.of(arguments[0]);
    Path old = Path.of(arguments[1]);
    if (Files.isDirectory(old)) {
      for (Path page : pages(old)) {
        Files.move(page, manual.resolve(page.getFileName()));
      }
    }
    StringBuilder index = new StringBuilder("# Manual\n\n");
    for (Path page : pages(manual)) {
      String heading = Files.readAllLines(page).get(0).replaceFirst("^# ", "");
      index.append("- [").append(heading).append("](").append(page.getFileName()).append(")\n");
    }
    Files.writeString(manual.resolve("index.md"), index);
  }

  private static List<Path> pages(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("index.md"))
          .sorted()
          .toList();
    }
  }
}
