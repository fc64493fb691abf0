package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;

/**
 * Addresses that open a place of a file in an editor.
 *
 * @param pattern with {@code {path}}, the absolute path as in a URI, and {@code {line}}
 */
record EditorLinks(String pattern, Path root) {
  private static final String PATH = "{path}";
  private static final String LINE = "{line}";

  /** As the editors document them. */
  private static final Map<String, String> KNOWN =
      Map.of(
          "vscode", "vscode://file{path}:{line}",
          "cursor", "cursor://file{path}:{line}",
          "zed", "zed://file{path}:{line}",
          "idea", "idea://open?file={path}&line={line}",
          "file", "file://{path}");

  /** For an editor by its name, or a pattern of one's own. */
  static EditorLinks of(String editor, Path root) {
    String pattern = KNOWN.getOrDefault(editor, editor);
    if (!pattern.contains(PATH) || !pattern.matches("[a-z][a-z0-9+.-]*:.*")) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          "--links is one of %s, or an address with {path} and {line}, not \"%s\""
              .formatted(String.join(", ", new TreeSet<>(KNOWN.keySet())), editor));
    }
    return new EditorLinks(pattern, root.toAbsolutePath().normalize());
  }

  /** Opens the file, which is given from the root, at that line from 1. */
  String to(String file, int line) {
    Path place = root.resolve(file).normalize();
    Path inside = place.startsWith(root) ? place : root;
    return pattern.replace(PATH, inside.toUri().getRawPath()).replace(LINE, String.valueOf(line));
  }
}
