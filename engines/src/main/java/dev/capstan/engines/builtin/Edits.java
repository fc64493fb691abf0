package dev.capstan.engines.builtin;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.TreeFiles;
import dev.capstan.engines.Workbench.CodeReader;
import dev.capstan.engines.Workbench.Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Changes files of a clone as a model says, within the step's scope and the clone, and never one
 * that models may not read. Each change says what came of it.
 */
final class Edits {
  private final Path tree;
  private final Scope scope;
  private final CodeReader code;

  Edits(Path tree, Scope scope, CodeReader code) {
    this.tree = tree;
    this.scope = scope;
    this.code = code;
  }

  /** Why the path may not be changed; empty if it may. */
  private Optional<String> refusal(String path) {
    Optional<Path> place = TreeFiles.place(tree, path);
    if (place.isEmpty()) {
      return Optional.of(path + " is no path within the repository");
    }
    String name = tree.relativize(place.get()).toString();
    if (!scope.allows(name)) {
      return Optional.of(
          name + " is not in the scope of this step, which is " + String.join(", ", scope.globs()));
    }
    return Files.exists(place.get(), LinkOption.NOFOLLOW_LINKS)
            && code.read(path) instanceof Content.Withheld(var why)
        ? Optional.of(why)
        : Optional.empty();
  }

  private interface Change {
    String to(Path file) throws IOException;
  }

  private String change(String path, Change change) {
    Optional<String> refused = refusal(path);
    if (refused.isPresent()) {
      return "refused: " + refused.get();
    }
    try {
      return change.to(TreeFiles.place(tree, path).orElseThrow());
    } catch (IOException failure) {
      return "failed: " + failure.getMessage();
    }
  }

  /** Makes the file, or gives it another content. */
  String write(String path, String content) {
    return change(
        path,
        file -> {
          Files.createDirectories(file.getParent());
          put(file, content);
          return "written";
        });
  }

  /** Puts one text for another that stands in the file exactly once. */
  String replace(String path, String old, String text) {
    return change(
        path,
        file ->
            switch (code.read(path)) {
              case Content.Withheld(var why) -> "failed: " + why;
              case Content.Text(var all) -> replace(file, all, old, text);
            });
  }

  private static String replace(Path file, String all, String old, String text) throws IOException {
    int at = old.isEmpty() ? -1 : all.indexOf(old);
    if (at < 0) {
      return "failed: the old text does not stand in the file as given";
    }
    if (all.indexOf(old, at + 1) >= 0) {
      return "failed: the old text stands there more than once; give more of what is around it";
    }
    put(file, all.substring(0, at) + text + all.substring(at + old.length()));
    return "written";
  }

  String delete(String path) {
    return change(
        path,
        file -> {
          if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return "failed: there is no such file";
          }
          Files.delete(file);
          return "deleted";
        });
  }

  private static void put(Path file, String content) throws IOException {
    Files.write(
        file,
        content.getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.WRITE,
        StandardOpenOption.CREATE,
        StandardOpenOption.TRUNCATE_EXISTING,
        LinkOption.NOFOLLOW_LINKS);
  }
}
