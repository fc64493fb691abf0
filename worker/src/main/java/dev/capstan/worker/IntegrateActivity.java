package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.workspace.git.GitStore.Integrated;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the commits of verified steps onto the tip, one after another; one that conflicts is left
 * out.
 */
final class IntegrateActivity {
  private final Workshop workshop;

  IntegrateActivity(Workshop workshop) {
    this.workshop = workshop;
  }

  RunCommand perform(LeasedTask leased, Task.Integrate task) {
    CommitId tip = task.tip();
    List<StepId> integrated = new ArrayList<>();
    Map<StepId, List<String>> conflicts = new HashMap<>();
    for (Task.Integrate.Contribution contribution : task.contributions()) {
      switch (workshop.git().integrate(leased.project(), tip, contribution.commit())) {
        case Integrated.Onto(var newTip) -> {
          tip = newTip;
          integrated.add(contribution.step());
        }
        case Integrated.Conflict(var paths) -> conflicts.put(contribution.step(), paths);
      }
    }
    workshop.git().keep(leased.project(), HiddenRefs.tip(leased.run()), tip);
    return new RunCommand.ReportIntegrated(tip, integrated, conflicts);
  }
}
