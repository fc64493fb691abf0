package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.workspace.optout.OptOut;
import java.util.List;
import java.util.Optional;

/** Whether every changed path may be changed. */
final class ScopeCheck {
  private final Scope scope;
  private final List<String> protectedPaths;
  private final Submission.Sources before;
  private final OptOut optOut;
  private final LargeFiles largeFiles;

  private ScopeCheck(Submission submission, LargeFiles largeFiles) {
    this.scope = submission.scope();
    this.protectedPaths = submission.expectations().rules().protectedPaths();
    this.optOut = OptOut.of(submission.before()::text, List.of(OptOut.LIST));
    this.before = submission.before();
    this.largeFiles = largeFiles;
  }

  static Finding of(Submission submission, LargeFiles largeFiles) {
    List<Changed> changes = submission.changes();
    ScopeCheck check = new ScopeCheck(submission, largeFiles);
    List<Violation> violations =
        changes.stream().flatMap(change -> check.violation(change).stream()).toList();
    String changed = Sentences.many(changes.size(), "changed path");
    if (violations.isEmpty()) {
      String reason = changed + ", none outside the scope";
      return new Finding(new Check(CheckName.SCOPE, Verdict.PASS, reason));
    }
    String reason =
        "%d of %s may not be changed: %s"
            .formatted(
                violations.size(),
                changed,
                Sentences.some(violations.stream().map(Violation::subject).toList()));
    return new Finding(new Check(CheckName.SCOPE, Verdict.FAIL, reason), violations);
  }

  private Optional<Violation> violation(Changed change) {
    if (change.escapes()) {
      return violation(Category.UNEXPECTED_FILE, change, "leads out of the repository");
    }
    if (change.kind() == Changed.Kind.SUBMODULE) {
      return violation(
          Category.UNEXPECTED_FILE,
          change,
          "is or was a submodule, whose content can't be checked");
    }
    return isProtected(change)
        .or(() -> isOutside(change))
        .or(() -> isUnnamedBinary(change))
        .or(() -> hasOptedOut(change.path()).flatMap(why -> kept(change, why)));
  }

  private Optional<String> hasOptedOut(String path) {
    return optOut
        .listed(path)
        .map(list -> "is kept from change by " + list)
        .or(() -> before.largeText(path).flatMap(OptOut::marked));
  }

  private Optional<Violation> isProtected(Changed change) {
    return protectedPaths.stream()
        .filter(glob -> new Scope(List.of(glob)).allows(change.path()))
        .findFirst()
        .flatMap(glob -> kept(change, "is protected by policy: " + glob));
  }

  private Optional<Violation> isOutside(Changed change) {
    return scope.allows(change.path())
        ? Optional.empty()
        : violation(
            Category.UNEXPECTED_FILE,
            change,
            "is not in the scope " + String.join(", ", scope.globs()));
  }

  /** Nobody can read what a binary file does, so the scope has to name it, not only its folder. */
  private Optional<Violation> isUnnamedBinary(Changed change) {
    boolean named =
        scope.globs().stream()
            .filter(glob -> !glob.endsWith("**"))
            .anyMatch(glob -> new Scope(List.of(glob)).allows(change.path()));
    boolean pointer = largeFiles.changed().contains(change.path());
    boolean unread = change.binary() || pointer;
    String what = pointer ? "is a pointer of Git LFS" : "is binary";
    return unread && change.kind() != Changed.Kind.DELETED && !named
        ? violation(Category.BINARY_FILE, change, what + ", and no glob of the scope names it")
        : Optional.empty();
  }

  private static Optional<Violation> kept(Changed change, String why) {
    return violation(Category.PROTECTED_FILE, change, why);
  }

  private static Optional<Violation> violation(Category category, Changed change, String detail) {
    return Optional.of(new Violation(category, change.path(), detail));
  }
}
