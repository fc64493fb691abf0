package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.Submission.Sources;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Files whose contents are kept by Git LFS. A clone has pointers in their place, so what was built
 * and tested is not what its owners have, and a changed pointer stands for what nobody has read.
 *
 * @param pointers paths, before the change and with it
 * @param changed those that the change touched
 * @param brought those of them that are pointers now
 */
record LargeFiles(Set<String> pointers, Set<String> changed, Set<String> brought) {
  /** As the specification of Git LFS has a pointer begin. */
  static final String BEGINNING = "version https://git-lfs.github.com/spec/v1\n";

  LargeFiles {
    pointers = Set.copyOf(pointers);
    changed = Set.copyOf(changed);
    brought = Set.copyOf(brought);
  }

  static LargeFiles of(Submission submission) {
    Set<String> before = new TreeSet<>(submission.before().pointers());
    Set<String> now = new TreeSet<>(submission.now().pointers());
    if (Math.max(before.size(), now.size()) >= Sources.MOST_POINTERS) {
      before.addAll(among(submission.changes(), submission.before()));
      now.addAll(among(submission.changes(), submission.now()));
    }
    Set<String> pointers = new TreeSet<>(before);
    pointers.addAll(now);
    Set<String> changed = new TreeSet<>();
    submission.changes().stream()
        .map(Changed::path)
        .filter(pointers::contains)
        .forEach(changed::add);
    Set<String> brought = new TreeSet<>(changed);
    brought.retainAll(now);
    return new LargeFiles(pointers, changed, brought);
  }

  /** The lists are cut, so the changed files are looked at. */
  private static List<String> among(List<Changed> changes, Sources files) {
    return changes.stream()
        .map(Changed::path)
        .filter(path -> files.text(path).filter(text -> text.startsWith(BEGINNING)).isPresent())
        .toList();
  }

  /** What passed with pointers in the place of contents is for a person to judge. */
  Finding tests(Finding measured) {
    return pointers.isEmpty()
        ? measured
        : instead(
            measured,
            Verdict.NOT_COMPARABLE,
            "measured with pointers of Git LFS in the place of their contents: " + some(pointers));
  }

  /** Contents that are not there hold no secret that anybody could see. */
  Finding secrets(Finding scanned) {
    return brought.isEmpty()
        ? scanned
        : instead(
            scanned,
            Verdict.DID_NOT_RUN,
            "the contents behind changed pointers of Git LFS were not read: " + some(brought));
  }

  private static Finding instead(Finding found, Verdict verdict, String why) {
    Check check = found.check();
    return check.verdict() == Verdict.PASS
        ? new Finding(
            new Check(check.name(), verdict, check.reason() + "; " + why), found.violations())
        : found;
  }

  private static String some(Set<String> paths) {
    return Sentences.some(List.copyOf(new TreeSet<>(paths)));
  }
}
