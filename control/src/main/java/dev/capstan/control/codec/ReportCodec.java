package dev.capstan.control.codec;

import dev.capstan.core.run.RunCommand;

/**
 * The form in which workers report. A name is never reused; a changed shape gets the next version,
 * since a worker may be older than its server.
 */
public final class ReportCodec {
  private static final Names<RunCommand> NAMES =
      new Names<RunCommand>("report")
          .with("prepared.v1", RunCommand.ReportPrepared.class)
          .with("baseline.v1", RunCommand.ReportBaseline.class)
          .with("executed.v1", RunCommand.ReportExecuted.class)
          .with("unchanged.v1", RunCommand.ReportUnchanged.class)
          .with("verified.v1", RunCommand.ReportVerified.class)
          .with("question.v1", RunCommand.ReportQuestion.class)
          .with("attempt-failed.v1", RunCommand.ReportAttemptFailed.class)
          .with("integrated.v1", RunCommand.ReportIntegrated.class)
          .with("tip-verified.v1", RunCommand.ReportTipVerified.class)
          .with("delivered.v1", RunCommand.ReportDelivered.class)
          .with("task-failed.v1", RunCommand.ReportTaskFailed.class)
          .with("elapsed.v1", RunCommand.Elapse.class);

  private ReportCodec() {}

  /** Throws {@link IllegalStateException} for a command that is no worker's. */
  public static String name(RunCommand report) {
    return NAMES.of(report);
  }

  public static String write(RunCommand report) {
    return Json.MAPPER.writeValueAsString(report);
  }

  /** Throws {@link IllegalStateException} for an unknown name. */
  public static RunCommand read(String name, String json) {
    return Json.read(json, NAMES.type(name));
  }
}
