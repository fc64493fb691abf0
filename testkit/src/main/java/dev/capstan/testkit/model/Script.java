package dev.capstan.testkit.model;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a server answers, one turn after another.
 *
 * <p>Agents also make calls of their own, for a title or to see who speaks next: a request that
 * offers no tools, while the next turn uses some, an earlier one was asked with some, or the script
 * is over, is an <i>aside</i> and does not count as a turn. Unless it holds just what the next turn
 * expects in words.
 *
 * @param folder put before the paths of files, for agents whose tools want absolute ones
 * @param aside what such a call is told
 */
public record Script(List<Turn> turns, Optional<Path> folder, Answer.Speech aside) {
  private static final Answer.Speech TITLE =
      new Answer.Speech("A title", List.of(), new Usage(50, 0, 5, 0), Pace.AT_ONCE);

  public Script {
    turns = List.copyOf(turns);
  }

  public static Script of(Turn... turns) {
    return new Script(List.of(turns), Optional.empty(), TITLE);
  }

  /** The same, for an agent that works in that folder. */
  public Script in(Path workingFolder) {
    return new Script(turns, Optional.of(workingFolder), aside);
  }

  /** Reads JSON or YAML; throws {@link IllegalArgumentException} that names every mistake. */
  public static Script read(Path file) {
    return ScriptFile.read(file);
  }

  String place(String path) {
    return folder.map(within -> within.resolve(path).toString()).orElse(path);
  }
}
