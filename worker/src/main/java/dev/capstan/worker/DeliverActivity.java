package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.Outbox.Intended;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.verification.rendering.Handover;
import dev.capstan.verification.rendering.HtmlReport;
import dev.capstan.verification.rendering.MarkdownReport;
import dev.capstan.verification.rendering.RunReport;
import dev.capstan.worker.Stack.Part;
import dev.capstan.worker.tracing.TracePart;
import dev.capstan.workspace.forge.Forge.Draft;
import dev.capstan.workspace.forge.Forge.Opened;
import dev.capstan.workspace.git.GitStore.Logged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pushes the branch and opens the pull request, each once, whatever happens in between. A branch
 * with more lines than a reviewer is to take in at a time becomes a stack: a branch and a pull
 * request for each part, on top of the one below.
 */
final class DeliverActivity {
  private final Workshop workshop;

  DeliverActivity(Workshop workshop) {
    this.workshop = workshop;
  }

  /**
   * What is delivered.
   *
   * @param limit changed lines that a part may have; 0 for no limit
   */
  private record Delivery(
      Run.Known run, Task.Deliver task, RunStory story, List<Part> parts, int limit) {
    ProjectId project() {
      return run.brief().project();
    }

    boolean isStack() {
      return parts.size() > 1;
    }

    String branch(int number) {
      return Branches.of(run.brief()) + suffix("-", number);
    }

    String title(int number) {
      String title = Branches.title(run.brief());
      return isStack() ? title + " (" + number + "/" + parts.size() + ")" : title;
    }

    String base(int number) {
      return number == 1 ? task.base().branch() : branch(number - 1);
    }

    /** The same for the same effect; a run that is delivered whole has the plain one. */
    String key(String effect, int number) {
      return run.brief().run() + "/" + effect + suffix("/", number);
    }

    private String suffix(String separator, int number) {
      return isStack() ? separator + number : "";
    }
  }

  RunCommand perform(LeasedTask leased, Task.Deliver task) throws IOException {
    RunStory story =
        RunStory.read(workshop.runs(), leased.run())
            .orElseThrow(() -> TaskFailed.terminal("run " + leased.run() + " is gone"));
    Delivery delivery = delivery(leased, task, story);
    requireSignatures(delivery);
    RunReport report = RunReports.of(workshop, story, delivery.branch(delivery.parts().size()));
    keep(leased, "report.md", MarkdownReport.report(report));
    keep(leased, "report.html", HtmlReport.page(report));
    String evidence = EvidenceBundle.of(workshop, story).orElse("");
    keep(leased, EvidenceBundle.NAME, evidence);
    List<PullRequest> opened = new ArrayList<>();
    try (TracePart _ = TracePart.begin("deliver")) {
      for (int number = 1; number <= delivery.parts().size(); number++) {
        push(delivery, number);
        opened.add(open(delivery, number, report));
      }
      String top = delivery.key("pull-request", delivery.parts().size());
      workshop.forge().attach(delivery.project(), top, EvidenceBundle.NAME, evidence);
    }
    return new RunCommand.ReportDelivered(opened);
  }

  private Delivery delivery(LeasedTask leased, Task.Deliver task, RunStory story) {
    int limit = story.run().brief().policy().rules().pullRequestLines();
    List<Part> parts =
        Stack.cut(workshop.git(), leased.project(), task.base().commit(), task.tip(), limit);
    return new Delivery(story.run(), task, story, parts, limit);
  }

  /** Steps that were carried out before commits were to be signed have commits without one. */
  private void requireSignatures(Delivery delivery) {
    Optional<Logged> unsigned =
        delivery.parts().stream()
            .flatMap(part -> part.commits().stream())
            .filter(commit -> !commit.signed())
            .findFirst();
    if (workshop.git().signs() && unsigned.isPresent()) {
      throw TaskFailed.terminal(
          "commit "
              + unsigned.get().commit()
              + " is not signed, since it was made before commits were to be;"
              + " unset CAPSTAN_SIGN to deliver it as it is, or carry the run out again");
    }
  }

  private void push(Delivery delivery, int number) {
    Part part = delivery.parts().get(number - 1);
    String branch = delivery.branch(number);
    workshop
        .outbox()
        .once(
            new Intended(
                delivery.key("push", number),
                delivery.run().brief().run(),
                "push",
                branch + " " + part.to()),
            Optional::empty, // a push that was made before is found by the push itself
            () -> {
              workshop.forge().push(delivery.project(), part.to(), branch);
              return part.to().value();
            });
  }

  private PullRequest open(Delivery delivery, int number, RunReport report) {
    String key = delivery.key("pull-request", number);
    Draft draft = draft(delivery, number, report);
    workshop
        .outbox()
        .once(
            new Intended(key, delivery.run().brief().run(), "pull-request", draft.head()),
            () -> workshop.forge().find(delivery.project(), key).map(Opened::url),
            () -> workshop.forge().open(draft).url());
    Opened opened =
        workshop
            .forge()
            .find(delivery.project(), key)
            .orElseThrow(() ->
                new IllegalStateException("the pull request is not there after it was opened"));
    return new PullRequest(opened.number(), opened.url(), draft.head());
  }

  private Draft draft(Delivery delivery, int number, RunReport report) {
    Part part = delivery.parts().get(number - 1);
    Handover handover = handover(delivery, number);
    return new Draft(
        delivery.project(),
        delivery.key("pull-request", number),
        delivery.title(number),
        MarkdownReport.pullRequestBody(ofPart(delivery, number, report), handover),
        delivery.branch(number),
        delivery.base(number),
        part.to(),
        handover.reviewers(),
        part.isSigned());
  }

  private Handover handover(Delivery delivery, int number) {
    Part part = delivery.parts().get(number - 1);
    List<Handover.Part> stack = new ArrayList<>();
    for (Part each : delivery.parts()) {
      String branch = delivery.branch(stack.size() + 1);
      stack.add(new Handover.Part(branch, each.commits().size(), each.lines()));
    }
    List<String> reviewers =
        Reviewers.of(
            workshop.git(),
            delivery.project(),
            delivery.task().base().commit(),
            part.from(),
            part.to());
    return new Handover(reviewers, part.isSigned(), number, stack, delivery.limit());
  }

  /**
   * A part tells of its own steps; the top also of steps without a commit, and of the branch as a
   * whole, which is what was measured there.
   */
  private static RunReport ofPart(Delivery delivery, int number, RunReport report) {
    if (!delivery.isStack()) {
      return report;
    }
    Part own = delivery.parts().get(number - 1);
    boolean top = number == delivery.parts().size();
    List<String> others =
        delivery.parts().stream()
            .filter(part -> !part.equals(own))
            .flatMap(part -> part.steps().stream())
            .toList();
    return report.about(
        step -> top ? !others.contains(step) : own.steps().contains(step),
        top ? report.branchChecks() : List.of(),
        delivery.branch(number),
        own.to().value());
  }

  private void keep(LeasedTask leased, String name, String text) throws IOException {
    ContentHash hash = workshop.store().keep(text);
    workshop
        .artifacts()
        .add(new Artifact(leased.run(), "", 0, name, hash, workshop.store().size(hash)));
  }
}
