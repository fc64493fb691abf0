package dev.capstan.worker;

import dev.capstan.core.plan.Scope;
import dev.capstan.engines.TreeFiles;
import dev.capstan.engines.Workbench.CodeReader;
import dev.capstan.engines.Workbench.Content;
import dev.capstan.engines.Workbench.Hit;
import dev.capstan.workspace.optout.OptOut;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The files of a clone that models may read, found by plain search. What a file says of itself when
 * it is first looked at holds for the attempt, and every file is looked at before it is changed.
 */
final class ReadableCode implements CodeReader {
  private final Path tree;
  private final OptOut optOut;
  private final Map<String, Optional<String>> withheld = new HashMap<>();

  /** Of a folder in which nothing is running. */
  ReadableCode(Path tree) {
    this.tree = tree;
    this.optOut = OptOut.of(path -> TreeFiles.text(tree, path), OptOut.READING_LISTS);
  }

  /** Why no model may read it; empty if one may. */
  Optional<String> withheld(String path) {
    return withheld.computeIfAbsent(path, this::reason);
  }

  private Optional<String> reason(String path) {
    return optOut.kept(path).map(why -> path + ' ' + why);
  }

  @Override
  public List<String> paths(Scope where, int most) {
    return TreeFiles.in(tree, where).stream()
        .filter(path -> withheld(path).isEmpty())
        .limit(most)
        .toList();
  }

  @Override
  public List<Hit> search(String words, Scope where, int most) {
    List<String> wanted =
        Arrays.stream(words.toLowerCase(Locale.ROOT).split("\\s+"))
            .filter(word -> !word.isEmpty())
            .toList();
    List<Hit> hits = new ArrayList<>();
    if (wanted.isEmpty()) {
      return hits;
    }
    for (String path : TreeFiles.in(tree, where)) {
      if (hits.size() >= most) {
        break;
      }
      if (withheld(path).isEmpty()) {
        search(path, wanted, most, hits);
      }
    }
    return hits;
  }

  private void search(String path, List<String> wanted, int most, List<Hit> hits) {
    List<String> lines = TreeFiles.text(tree, path).stream().flatMap(String::lines).toList();
    for (int i = 0; i < lines.size() && hits.size() < most; i++) {
      String line = lines.get(i).toLowerCase(Locale.ROOT);
      if (line.indexOf('\0') < 0 && wanted.stream().allMatch(line::contains)) {
        hits.add(new Hit(path, i + 1, lines.get(i)));
      }
    }
  }

  @Override
  public Content read(String path) {
    Optional<Path> place = TreeFiles.place(tree, path);
    if (place.isEmpty()) {
      return new Content.Withheld(path + " is no path within the repository");
    }
    if (!Files.isRegularFile(place.get(), LinkOption.NOFOLLOW_LINKS)) {
      return new Content.Withheld("there is no file " + path);
    }
    String name = tree.relativize(place.get()).toString();
    return withheld(name)
        .<Content>map(Content.Withheld::new)
        .orElseGet(() ->
            TreeFiles.text(tree, name)
                .filter(text -> text.indexOf('\0') < 0)
                .<Content>map(Content.Text::new)
                .orElseGet(() -> new Content.Withheld(path + " is no text of at most 1 MiB")));
  }
}
