package dev.capstan.verification;

import dev.capstan.core.evidence.Expectations;
import dev.capstan.core.plan.Scope;
import java.util.List;
import java.util.Optional;

/**
 * One change, as it comes before the judge.
 *
 * @param base what was measured before the change
 * @param after what was measured with it
 * @param changes every path that differs
 * @param scope where changes are allowed
 * @param expectations what must be kept
 * @param before the files before the change
 * @param now the files with it
 */
public record Submission(
    Measurement base,
    Measurement after,
    List<Changed> changes,
    Scope scope,
    Expectations expectations,
    Sources before,
    Sources now) {
  public Submission {
    changes = List.copyOf(changes);
  }

  /**
   * One changed path. A rename is a deletion and an addition.
   *
   * @param path relative to the repository's root, with {@code /}
   * @param binary it is no text, before or now
   * @param escapes the path, or the target of the link it is, lies outside the repository
   */
  public record Changed(String path, Kind kind, boolean binary, boolean escapes) {
    /** What became of the path. */
    public enum Kind {
      ADDED,
      MODIFIED,
      DELETED,
      /** It now is a symbolic link. */
      LINK,
      /** It now is, or was, a commit of another repository. */
      SUBMODULE
    }
  }

  /** The files of one commit. Their content is untrusted. */
  public interface Sources {
    /** So many paths of pointers are named. */
    int MOST_POINTERS = 100;

    /** Holds no file. */
    Sources NONE =
        new Sources() {
          @Override
          public List<String> paths() {
            return List.of();
          }

          @Override
          public Optional<String> text(String path) {
            return Optional.empty();
          }
        };

    /** Every path, in order, with {@code /}. */
    List<String> paths();

    /** The text of a plain file of at most 1 MiB; bytes that are no UTF-8 are replaced. */
    Optional<String> text(String path);

    /** The same of a file of up to 32 MiB, for who reads in linear time only. */
    default Optional<String> largeText(String path) {
      return text(path);
    }

    /**
     * The first {@value #MOST_POINTERS} paths that have a pointer of Git LFS in the place of their
     * content.
     */
    default List<String> pointers() {
      return List.of();
    }
  }
}
