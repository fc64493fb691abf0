package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.workspace.git.GitStore.Resolved;
import dev.capstan.workspace.toolchain.PolicyFile;
import dev.capstan.workspace.toolchain.Toolchain;
import java.nio.charset.StandardCharsets;

/** Fetches the repository and finds the base commit. */
final class PrepareActivity {
  private final Workshop workshop;

  PrepareActivity(Workshop workshop) {
    this.workshop = workshop;
  }

  RunCommand perform(LeasedTask leased, Task.Prepare task) throws InterruptedException {
    Project project =
        workshop
            .projects()
            .find(leased.project())
            .orElseThrow(
                () -> TaskFailed.terminal("project " + leased.project() + " is not registered"));
    workshop.git().mirror(project.id(), project.source());
    Resolved base = workshop.git().resolve(project.id(), task.base());
    return new RunCommand.ReportPrepared(
        new Run.Base(base.commit(), base.branch()), asked(project, base));
  }

  /** What the base commit itself asks for: nobody can change it under a run. */
  private Layer asked(Project project, Resolved base) {
    String text =
        workshop
            .git()
            .content(project.id(), base.commit(), Toolchain.CONFIGURATION, PolicyFile.LARGEST)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse("");
    try {
      return PolicyFile.repository(text);
    } catch (IllegalArgumentException wrong) {
      throw TaskFailed.terminal(String.valueOf(wrong.getMessage()));
    }
  }
}
