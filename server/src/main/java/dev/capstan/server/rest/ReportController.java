package dev.capstan.server.rest;

import dev.capstan.control.access.Scope;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.Run;
import dev.capstan.server.auth.Allowed;
import dev.capstan.verification.rendering.HtmlReport;
import dev.capstan.worker.Workshop;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a run did, to be read. */
@RestController
@RequestMapping("/api/v1/runs/{id}")
public final class ReportController {
  private static final long LARGEST_DIFF = 16L << 20;

  private final Workshop workshop;
  private final RunTexts texts;

  public ReportController(Workshop workshop, RunTexts texts) {
    this.workshop = workshop;
    this.texts = texts;
  }

  /** The report of a run, in Markdown. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/report.md", produces = "text/markdown;charset=UTF-8")
  String markdown(@PathVariable String id) {
    return texts.markdown(id);
  }

  /** The report of a run, as a page. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/report.html", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
  String html(@PathVariable String id) {
    return HtmlReport.page(texts.report(id));
  }

  /** What the run's branch changes, or the last attempt of one step. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/diff", produces = "text/x-diff;charset=UTF-8")
  String diff(@PathVariable String id, @RequestParam(defaultValue = "") String step) {
    RunStory story = texts.story(id);
    return step.isEmpty() ? branch(story) : step(story, new StepId(step));
  }

  private String branch(RunStory story) {
    Run.Base base =
        story
            .base()
            .orElseThrow(() -> ApiException.notFound("the run has not found its base commit yet"));
    return story.progress().map(progress -> diff(story, base.commit(), progress.tip())).orElse("");
  }

  private String step(RunStory story, StepId id) {
    var step =
        story.steps().stream()
            .filter(s -> s.step().id().equals(id))
            .findFirst()
            .orElseThrow(() -> ApiException.notFound("the run has no step " + id));
    var attempt =
        step.lastAttempt()
            .orElseThrow(() -> ApiException.notFound("step " + id + " has not been tried yet"));
    var judged =
        attempt
            .judged()
            .orElseThrow(() ->
                ApiException.notFound(
                    "the last attempt of step " + id + " left no verified commit"));
    return diff(story, attempt.attempt().from(), judged.commit());
  }

  private String diff(RunStory story, CommitId from, CommitId to) {
    return workshop.git().diff(story.run().brief().project(), from, to, LARGEST_DIFF);
  }
}
