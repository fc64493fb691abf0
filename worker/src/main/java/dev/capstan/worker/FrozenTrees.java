package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.evidence.Expectations;
import dev.capstan.verification.Submission.Changed;
import dev.capstan.verification.frozen.FrozenTree;
import java.util.List;

/**
 * The trees that a change is measured in.
 *
 * @param tree what of it judges
 * @param frozen the change's code with what judges as it was
 * @param own the same with the change's own tests
 */
record FrozenTrees(FrozenTree tree, CommitId frozen, CommitId own) {
  static FrozenTrees of(
      Workshop workshop,
      LeasedTask leased,
      CommitId from,
      CommitId commit,
      List<Changed> changes,
      Expectations expectations) {
    CommitSources before = new CommitSources(workshop.git(), leased.project(), from);
    FrozenTree tree =
        FrozenTree.of(
            changes.stream().map(Changed::path).toList(),
            before.paths(),
            before::text,
            expectations.judge());
    return new FrozenTrees(
        tree,
        workshop.git().overlay(leased.project(), commit, from, tree.frozen()),
        workshop.git().overlay(leased.project(), commit, from, tree.frozenSettings()));
  }

  /** True if the old tests passing does not yet say that the changed ones do. */
  boolean needsOwn() {
    return !own.equals(frozen);
  }

  void note(Journal journal) {
    List<String> frozenPaths = tree.frozen();
    if (!frozenPaths.isEmpty()) {
      journal.note(
          "measured as before the step, since it did not declare them: "
              + String.join(", ", frozenPaths.subList(0, Math.min(10, frozenPaths.size())))
              + (frozenPaths.size() > 10 ? " and " + (frozenPaths.size() - 10) + " more" : ""));
    }
  }
}
