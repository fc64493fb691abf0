package dev.capstan.engines.planner;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be done by rules.
 *
 * @param words groups of which a goal must have a word each
 * @param builds names of the toolchains it works with; none for any
 * @param found what must be there for it to have anything to do
 * @param judge globs of files that judge, which it changes on purpose
 * @param command a program and its arguments, with placeholders as in a plan: {@code {files}}
 *     becomes the files of the scope
 * @param recipes of OpenRewrite, and {@code from} where they are published
 */
public record Entry(
    String id,
    String title,
    String reason,
    String kind,
    List<List<String>> words,
    List<String> builds,
    Found found,
    @Nullable List<String> scope,
    @Nullable List<String> judge,
    @Nullable List<String> command,
    @Nullable List<String> recipes,
    @Nullable List<String> from) {
  /**
   * What to look for.
   *
   * @param files glob of the files to look at
   * @param text of which a file must hold one; none asks for no more than the file
   * @param pattern a regular expression that must be found in a file
   * @param proof true if a file that has it surely gives the entry something to do
   */
  public record Found(
      String files,
      @Nullable List<String> text,
      @Nullable String pattern,
      @Nullable Boolean proof) {
    boolean isProof() {
      return Boolean.TRUE.equals(proof);
    }

    List<String> texts() {
      return Objects.requireNonNullElse(text, List.of());
    }
  }

  /** What an entry leaves out is none. */
  public static List<String> orNone(@Nullable List<String> list) {
    return Objects.requireNonNullElse(list, List.of());
  }
}
