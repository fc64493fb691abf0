package dev.capstan.server.rest;

import dev.capstan.control.story.RunStory;
import dev.capstan.core.RunId;
import dev.capstan.models.records.ModelCallQueries;
import dev.capstan.verification.rendering.MarkdownReport;
import dev.capstan.verification.rendering.RunReport;
import dev.capstan.worker.RunReports;
import dev.capstan.worker.Workshop;

/** What is told of a run that whoever asks may see. */
public final class RunTexts {
  private final Workshop workshop;
  private final ModelCallQueries modelCalls;

  public RunTexts(Workshop workshop, ModelCallQueries modelCalls) {
    this.workshop = workshop;
    this.modelCalls = modelCalls;
  }

  /** Its report; throws {@link ApiException} if it is not there. */
  public String markdown(String id) {
    return MarkdownReport.report(report(id));
  }

  RunReport report(String id) {
    RunStory story = story(id);
    return RunReports.of(workshop, story)
        .models(SpendingWords.of(modelCalls.spentBy(story.run().brief().run())));
  }

  RunStory story(String id) {
    return RunStory.read(workshop.runs(), new RunId(id))
        .orElseThrow(() -> ApiException.notFound("there is no run " + id));
  }
}
