package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.Outbox.Intended;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.verification.rendering.Handover;
import dev.capstan.verification.rendering.HtmlReport;
import dev.capstan.verification.rendering.MarkdownReport;
import dev.capstan.verification.rendering.RunReport;
import dev.capstan.workspace.forge.Forge.Draft;
import dev.capstan.workspace.forge.Forge.Opened;
import dev.capstan.workspace.git.GitStore.Logged;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Pushes the branch and opens the pull request, each once, whatever happens in between. */
final class DeliverActivity {
  private final Workshop workshop;

  DeliverActivity(Workshop workshop) {
    this.workshop = workshop;
  }

  RunCommand perform(LeasedTask leased, Task.Deliver task) throws IOException {
    RunStory story =
        RunStory.read(workshop.runs(), leased.run())
            .orElseThrow(() -> TaskFailed.terminal("run " + leased.run() + " is gone"));
    Run.Known run = story.run();
    String branch = Branches.of(run.brief());
    RunReport report = RunReports.of(story, branch);
    keep(leased, "report.md", MarkdownReport.report(report));
    keep(leased, "report.html", HtmlReport.page(report));
    String evidence = EvidenceBundle.of(workshop, story).orElse("");
    keep(leased, EvidenceBundle.NAME, evidence);
    requireSignatures(leased, task);
    push(leased, task, branch);
    PullRequest opened = open(leased, task, run, branch, report);
    workshop.forge().attach(leased.project(), key(leased), EvidenceBundle.NAME, evidence);
    return new RunCommand.ReportDelivered(opened);
  }

  /** Steps that were carried out before commits were to be signed have commits without one. */
  private void requireSignatures(LeasedTask leased, Task.Deliver task) {
    for (Logged commit : log(leased, task)) {
      if (workshop.git().signs() && !commit.signed()) {
        throw TaskFailed.terminal(
            "commit "
                + commit.commit()
                + " is not signed, since it was made before commits were to be;"
                + " unset CAPSTAN_SIGN to deliver it as it is, or carry the run out again");
      }
    }
  }

  private List<Logged> log(LeasedTask leased, Task.Deliver task) {
    return workshop.git().log(leased.project(), task.base().commit(), task.tip());
  }

  private void push(LeasedTask leased, Task.Deliver task, String branch) {
    Intended effect =
        new Intended(leased.run() + "/push", leased.run(), "push", branch + " " + task.tip());
    workshop
        .outbox()
        .once(
            effect,
            Optional::empty, // a push that was made before is found by the push itself
            () -> {
              workshop.forge().push(leased.project(), task.tip(), branch);
              return task.tip().value();
            });
  }

  private PullRequest open(
      LeasedTask leased, Task.Deliver task, Run.Known run, String branch, RunReport report) {
    String key = key(leased);
    CommitId base = task.base().commit();
    List<String> reviewers =
        Reviewers.of(workshop.git(), leased.project(), base, base, task.tip());
    boolean signed = log(leased, task).stream().allMatch(Logged::signed);
    Draft draft =
        new Draft(
            leased.project(),
            key,
            Branches.title(run.brief()),
            MarkdownReport.pullRequestBody(report, new Handover(reviewers, signed)),
            branch,
            task.base().branch(),
            task.tip(),
            reviewers,
            signed);
    workshop
        .outbox()
        .once(
            new Intended(key, leased.run(), "pull-request", branch),
            () -> workshop.forge().find(leased.project(), key).map(Opened::url),
            () -> workshop.forge().open(draft).url());
    Opened opened =
        workshop
            .forge()
            .find(leased.project(), key)
            .orElseThrow(() ->
                new IllegalStateException("the pull request is not there after it was opened"));
    return new PullRequest(opened.number(), opened.url());
  }

  private static String key(LeasedTask leased) {
    return leased.run() + "/pull-request";
  }

  private void keep(LeasedTask leased, String name, String text) throws IOException {
    ContentHash hash = workshop.store().keep(text);
    workshop
        .artifacts()
        .add(new Artifact(leased.run(), "", 0, name, hash, workshop.store().size(hash)));
  }
}
