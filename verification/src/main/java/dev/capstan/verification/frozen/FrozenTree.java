package dev.capstan.verification.frozen;

import dev.capstan.core.plan.Scope;
import dev.capstan.verification.frozen.JudgeFiles.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The tree a change is judged in: the change's code, with every file that judges as it was before,
 * but those the step said it changes.
 *
 * @param changed the changed files that judge, in the order of their paths
 */
public record FrozenTree(List<Touched> changed) {
  public FrozenTree {
    changed = List.copyOf(changed);
  }

  /**
   * A changed file that judges.
   *
   * @param declared the step said that it changes it
   * @param existed it was there before
   */
  public record Touched(String path, Kind kind, boolean declared, boolean existed) {
    /**
     * A test that is new may stay and is run too; anything else that is new could steer the tests
     * that were there.
     */
    boolean isFrozen() {
      return !declared && (existed || kind != Kind.TEST);
    }
  }

  /**
   * Decides by paths.
   *
   * @param changes every path that differs
   * @param base every path before the change
   * @param text a file before the change
   * @param declared globs of the files that judge which the step says it changes
   */
  public static FrozenTree of(
      List<String> changes,
      Collection<String> base,
      Function<String, Optional<String>> text,
      List<String> declared) {
    Set<String> before = new HashSet<>(base);
    Set<String> scripts = TestScripts.of(before, text);
    Scope named = new Scope(declared);
    List<Touched> touched = new ArrayList<>();
    for (String path : changes.stream().sorted().toList()) {
      boolean said = !declared.isEmpty() && named.allows(path);
      kind(path, before, scripts)
          .map(kind -> new Touched(path, kind, said, before.contains(path)))
          .ifPresent(touched::add);
    }
    return new FrozenTree(touched);
  }

  private static Optional<Kind> kind(String path, Set<String> base, Set<String> scripts) {
    if (scripts.contains(path)) {
      return Optional.of(Kind.BUILD);
    }
    return Shadows.areNew(path, base) ? Optional.of(Kind.SETTINGS) : JudgeFiles.kindOf(path);
  }

  /** The paths to be as they were before: restored, or away if they are new. */
  public List<String> frozen() {
    return changed.stream().filter(Touched::isFrozen).map(Touched::path).toList();
  }

  /** The same without tests: for a tree with the change's own tests. */
  public List<String> frozenSettings() {
    return changed.stream()
        .filter(file -> file.isFrozen() && file.kind() != Kind.TEST)
        .map(Touched::path)
        .toList();
  }
}
