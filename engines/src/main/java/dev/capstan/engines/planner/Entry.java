package dev.capstan.engines.planner;

import dev.capstan.engines.CommandEngine;
import dev.capstan.engines.DependencyEngine;
import dev.capstan.engines.OpenRewriteEngine;
import dev.capstan.engines.codemod.BundledCodemods;
import dev.capstan.engines.codemod.CodemodEngine;
import dev.capstan.workspace.toolchain.Maven;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be done by rules.
 *
 * @param words groups of which a goal must have a word each
 * @param builds names of the toolchains it works with; none for any
 * @param without words that a goal must not have, as it means something else with them
 * @param finds what is looked for file by file, where a step for each file mends it; what performs
 *     these steps comes with the goal
 * @param found what must be there for it to have anything to do
 * @param judge globs of files that judge, which it changes on purpose
 * @param codemod name of one that comes with Capstan; the recipes take over where it fails
 * @param command a program and its arguments, with placeholders as in a plan: {@code {files}}
 *     becomes the files of the scope
 * @param recipes of OpenRewrite, and {@code from} where they are published
 * @param update how far dependencies are updated, and which
 */
public record Entry(
    String id,
    String title,
    String reason,
    String kind,
    List<List<String>> words,
    @Nullable List<String> without,
    @Nullable Finds finds,
    List<String> builds,
    Found found,
    @Nullable List<String> scope,
    @Nullable List<String> judge,
    @Nullable String codemod,
    @Nullable List<String> command,
    @Nullable List<String> recipes,
    @Nullable List<String> from,
    @Nullable List<String> update) {
  /** What stands in single files. */
  public enum Finds {
    /** Lines that no test executes. */
    COVERAGE,
    /** Keys, passwords and the like. */
    SECRETS
  }

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

  /** An engine's name, and what it is given. */
  public record Means(String engine, List<String> arguments) {
    public Means {
      arguments = List.copyOf(arguments);
    }
  }

  /** What does it in a project of that toolchain, in the order in which they are tried. */
  List<Means> means(String toolchain) {
    List<Means> means = new ArrayList<>();
    if (codemod != null) {
      means.add(new Means(CodemodEngine.NAME, List.of(BundledCodemods.called(codemod))));
    }
    if (command != null) {
      means.add(new Means(CommandEngine.NAME, command));
    }
    if (update != null) {
      means.add(new Means(DependencyEngine.NAME, update));
    }
    if (recipes != null && (means.isEmpty() || toolchain.equals(Maven.NAME))) {
      List<String> arguments = new ArrayList<>(recipes);
      arguments.addAll(orNone(from));
      means.add(new Means(OpenRewriteEngine.NAME, arguments));
    }
    return means;
  }

  /** What an entry leaves out is none. */
  public static List<String> orNone(@Nullable List<String> list) {
    return Objects.requireNonNullElse(list, List.of());
  }
}
