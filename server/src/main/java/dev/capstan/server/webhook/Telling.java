package dev.capstan.server.webhook;

import dev.capstan.api.IntakeEvent;
import dev.capstan.control.Reply;
import dev.capstan.control.RunService;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.Inbox;
import dev.capstan.control.records.Inbox.Message;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Found;
import dev.capstan.core.Actor;
import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Aftermath;
import dev.capstan.core.run.CiReport;
import dev.capstan.core.run.Refusal;
import dev.capstan.core.run.Run;
import dev.capstan.server.wishes.Triggers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the run that something was said of, by repository and branch, and tells it; then lets the
 * triggers hear of it. All of it may be done again.
 */
public final class Telling {
  private final Inbox inbox;
  private final RunService runs;
  private final RunQueries queries;
  private final Projects projects;
  private final Triggers triggers;
  private final ActivityLog activity;

  public Telling(
      Inbox inbox,
      RunService runs,
      RunQueries queries,
      Projects projects,
      Triggers triggers,
      ActivityLog activity) {
    this.inbox = inbox;
    this.runs = runs;
    this.queries = queries;
    this.projects = projects;
    this.triggers = triggers;
    this.activity = activity;
  }

  /** What became of a message. */
  sealed interface Outcome {
    record Done(String how) implements Outcome {}

    /** It may be told later. */
    record Later(String why) implements Outcome {}
  }

  Outcome tell(Message message) {
    Word word = Word.read(message.kind(), message.body());
    List<Found> found =
        inbox.deliverersOf(message.within(), word.branch()).stream()
            .flatMap(run -> queries.find(run).stream())
            .filter(run -> isAbout(word, run.run().brief().project()))
            .toList();
    List<String> told = new ArrayList<>();
    for (Found one : found) {
      RunId run = one.run().brief().run();
      switch (tell(run, word, message)) {
        case Outcome.Later later -> {
          return later;
        }
        case Outcome.Done(var how) -> told.add(run + ": " + how);
      }
    }
    return new Outcome.Done(
        told.isEmpty()
            ? "no run has delivered " + word.branch() + " of " + word.repositories()
            : String.join("; ", told));
  }

  private boolean isAbout(Word word, ProjectId project) {
    Optional<RepositoryAddress> source =
        projects.find(project).map(Project::source).map(RepositoryAddress::of);
    return word.repositories().stream()
        .map(RepositoryAddress::of)
        .anyMatch(address -> source.filter(address::equals).isPresent());
  }

  private Outcome tell(RunId run, Word word, Message message) {
    Request request = new Request(new Actor(sender(message)), message.id(), 0);
    Reply reply =
        switch (word) {
          case Word.Ci ci -> runs.recordCi(run, ci.report(), request);
          case Word.Merge merge ->
              runs.recordMerge(run, merge.branch(), new CommitId(merge.commit()), request);
        };
    return switch (reply) {
      case Reply.Accepted _ -> {
        queries.find(run).ifPresent(found -> afterwards(found.run(), word));
        yield new Outcome.Done("told");
      }
      case Reply.Refused(Refusal.NotNow early) -> new Outcome.Later(early.message());
      case Reply.Refused(var refusal) -> new Outcome.Done(refusal.message());
      case Reply.Conflict _, Reply.LeaseLost _ -> new Outcome.Later("the run was busy");
    };
  }

  private static String sender(Message message) {
    return message.id().substring(0, message.id().indexOf('/'));
  }

  /** Only what the run holds to be true of what it delivered is of interest to others. */
  private void afterwards(Run.Known run, Word word) {
    if (run instanceof Run.Ended(Run.Delivering d, Run.Outcome.Delivered _, Aftermath after)) {
      switch (word) {
        case Word.Ci ci when after.about(d.progress().tip()).contains(ci.report()) ->
            ciSpoke(run, ci.report(), ci.branch());
        case Word.Ci _ -> {}
        case Word.Merge merge ->
            hear(
                run,
                event(run, "pull-request.merged", merge.branch(), merge.branch(), merge.commit()));
      }
    }
  }

  private void ciSpoke(Run.Known run, CiReport report, String branch) {
    String about = report.commit() + "\n" + report.name() + '\n' + report.at();
    switch (report.conclusion()) {
      case PASSED ->
          hear(run, event(run, "ci.succeeded", about, branch, report.commit().value(), report));
      case FAILED -> {
        IntakeEvent failed =
            event(run, "ci.failed", about, branch, report.commit().value(), report);
        hear(run, failed);
        if (run.brief().policy().rules().fixesCi()) {
          fix(run, failed);
        }
      }
      case UNDECIDED -> {}
    }
  }

  private static IntakeEvent event(
      Run.Known run, String type, String about, String branch, String commit) {
    UUID id =
        UUID.nameUUIDFromBytes((run.brief().run() + "\n" + about).getBytes(StandardCharsets.UTF_8));
    return new IntakeEvent(
        type + '/' + id,
        type,
        Map.of(
            "project",
            run.brief().project().value(),
            "run",
            run.brief().run().value(),
            "branch",
            branch,
            "commit",
            commit));
  }

  private static IntakeEvent event(
      Run.Known run, String type, String about, String branch, String commit, CiReport report) {
    IntakeEvent plain = event(run, type, about, branch, commit);
    Map<String, String> payload = new HashMap<>(plain.payload());
    payload.put("check", report.name());
    payload.put("url", report.url());
    return new IntakeEvent(plain.id(), type, payload);
  }

  private void hear(Run.Known run, IntakeEvent event) {
    note(run, triggers.hear(event));
  }

  private void fix(Run.Known run, IntakeEvent failed) {
    note(run, triggers.fix(run.brief().run(), failed));
  }

  /** What was asked for, or why not, stands in the run's log. */
  private void note(Run.Known run, List<String> words) {
    activity.append(
        words.stream()
            .map(
                text -> new ActivityLog.Line(run.brief().run(), "", 0, "note", text, Instant.now()))
            .toList());
  }
}
