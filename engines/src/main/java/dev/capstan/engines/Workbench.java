package dev.capstan.engines;

import dev.capstan.core.plan.Scope;
import java.util.List;

/**
 * What an engine of Capstan's own works with, outside of any sandbox: it starts no program by
 * itself.
 */
public interface Workbench {
  /** The code, as far as models may read it. */
  CodeReader code();

  /**
   * Builds and tests what lies in the attempt's folder now, in a sandbox, and says what came of it.
   */
  String test() throws InterruptedException;

  /** The port to the code that models read. */
  interface CodeReader {
    /** The paths of files that may be read, in order, at most that many. */
    List<String> paths(Scope where, int most);

    /** Places that hold all of these words, the best first, at most that many. */
    List<Hit> search(String words, Scope where, int most);

    /** What stands in a file. */
    Content read(String path);
  }

  /**
   * A place in the code.
   *
   * @param line counts from 1
   */
  record Hit(String path, int line, String text) {}

  /** What a file holds. */
  sealed interface Content {
    record Text(String text) implements Content {}

    /** It cannot be read, and why. */
    record Withheld(String why) implements Content {}
  }
}
