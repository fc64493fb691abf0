package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is to be halted or lifted: a run, a project, or everything. */
final class HaltTarget {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "RUN",
      defaultValue = "",
      description = "One run, by its whole id.")
  private String run = "";

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      defaultValue = "",
      description = "Everything of a project.")
  private String project = "";

  @Option(
      names = "--all",
      description = "Everything of the installation, or of the organisation of your token.")
  private boolean all;

  String run() {
    return run;
  }

  /** "" for everything. Throws {@link ApiFailure} unless exactly one target was given. */
  String project() {
    int given = (run.isEmpty() ? 0 : 1) + (project.isEmpty() ? 0 : 1) + (all ? 1 : 0);
    if (given != 1) {
      throw new ApiFailure(ErrorCode.INVALID, "give one of RUN, --project and --all");
    }
    return project;
  }
}
