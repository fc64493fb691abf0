package dev.capstan.verification;

import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.evidence.Violation;
import dev.capstan.core.evidence.Violation.Category;
import dev.capstan.core.plan.Scope;
import dev.capstan.verification.Judge.Finding;
import dev.capstan.verification.Submission.Changed;
import java.util.List;
import java.util.Optional;

/** Whether every changed path may be changed. */
final class ScopeCheck {
  private ScopeCheck() {}

  static Finding of(List<Changed> changes, Scope scope) {
    List<Violation> violations =
        changes.stream().flatMap(change -> violation(change, scope).stream()).toList();
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

  private static Optional<Violation> violation(Changed change, Scope scope) {
    if (change.escapes()) {
      return unexpected(change, "leads out of the repository");
    }
    if (change.kind() == Changed.Kind.SUBMODULE) {
      return unexpected(change, "is a submodule, whose content can't be checked");
    }
    return scope.allows(change.path())
        ? Optional.empty()
        : unexpected(change, "is not in the scope " + String.join(", ", scope.globs()));
  }

  private static Optional<Violation> unexpected(Changed change, String detail) {
    return Optional.of(new Violation(Category.UNEXPECTED_FILE, change.path(), detail));
  }
}
