package dev.capstan.knowledge.analysis;

import dev.capstan.core.plan.Scope;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.index.View;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The part of a tree that is looked at. */
public final class Subject {
  private static final Pattern PACKAGE =
      Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");

  private final String text;
  private final Predicate<String> paths;

  private Subject(String text, Predicate<String> paths) {
    this.text = text;
    this.paths = paths;
  }

  /**
   * What a text means: a file or a folder; a glob, in which {@code *} stays within a folder and
   * {@code **} does not; or a package, a module or a class by its name with dots, wherever it lies.
   *
   * @param text "" for the whole tree
   * @return empty if the view has no file of it
   */
  public static Optional<Subject> of(View view, String text) {
    String plain = text.strip().replaceAll("^(?:\\.?/)+|/+$|^\\.$", "");
    return Stream.of(byPath(plain), byName(plain))
        .filter(subject -> view.files().stream().map(FileRecord::path).anyMatch(subject::holds))
        .findFirst();
  }

  private static Subject byPath(String plain) {
    if (plain.isEmpty()) {
      return new Subject(plain, _ -> true);
    }
    if (plain.chars().anyMatch(c -> c == '*' || c == '?')) {
      return new Subject(plain, new Scope(List.of(plain))::allows);
    }
    return new Subject(plain, path -> path.equals(plain) || path.startsWith(plain + '/'));
  }

  private static Subject byName(String plain) {
    if (!PACKAGE.matcher(plain).matches()) {
      return new Subject(plain, _ -> false);
    }
    String folder = '/' + plain.replace('.', '/');
    return new Subject(
        plain, path -> ('/' + path).contains(folder + '/') || ('/' + path).contains(folder + '.'));
  }

  /** As it was asked for, without what means nothing; "" for the whole tree. */
  public String text() {
    return text;
  }

  boolean holds(String path) {
    return paths.test(path);
  }
}
