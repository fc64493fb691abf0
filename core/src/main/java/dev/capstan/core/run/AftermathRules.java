package dev.capstan.core.run;

import dev.capstan.core.CommitId;
import dev.capstan.core.run.Draft.Answer;
import java.util.Optional;

/** What is heard of a run after it was delivered. */
final class AftermathRules {
  private final Draft draft;

  AftermathRules(Draft draft) {
    this.draft = draft;
  }

  /** What was said already, or was said before what is known, is nothing new. */
  Answer ciReported(CommitId tip, Aftermath after, CiReport report) {
    Optional<CiReport> last = after.last(report);
    if (last.filter(known -> known.equals(report) || known.at().isAfter(report.at())).isPresent()) {
      return Draft.yes();
    }
    if (last.isEmpty() && after.isFull(tip, report.commit())) {
      return Draft.no(
          new Refusal.Stale(
              "CI has reported " + Aftermath.MOST + " checks of the run, and no more are kept"));
    }
    return draft.then(new RunEvent.CiReported(report, report.commit().equals(tip)));
  }

  Answer merged(Run.Outcome.Delivered delivered, Aftermath after, String branch, CommitId commit) {
    if (delivered.pullRequests().stream().noneMatch(one -> one.branch().equals(branch))) {
      return Draft.no(new Refusal.Stale("the run has delivered no branch " + branch));
    }
    return after.merged().containsKey(branch)
        ? Draft.yes()
        : draft.then(new RunEvent.Merged(branch, commit));
  }
}
