package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.StepState;
import dev.capstan.core.run.Task;
import dev.capstan.workspace.git.GitStore.Integrated;
import dev.capstan.workspace.git.GitStore.Integrated.Clash;
import java.io.IOException;
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

  RunCommand perform(LeasedTask leased, Task.Integrate task) throws IOException {
    CommitId tip = task.tip();
    List<StepId> integrated = new ArrayList<>();
    Map<StepId, List<RunCommand.Clash>> conflicts = new HashMap<>();
    for (Task.Integrate.Contribution contribution : task.contributions()) {
      switch (workshop.git().integrate(leased.project(), tip, contribution.commit())) {
        case Integrated.Onto(var newTip) -> {
          tip = newTip;
          integrated.add(contribution.step());
        }
        case Integrated.Conflict(var clashes) -> {
          keep(leased, contribution.step(), clashes);
          conflicts.put(
              contribution.step(), clashes.stream().map(KeptConflicts::shortened).toList());
        }
      }
    }
    workshop.git().keep(leased.project(), HiddenRefs.tip(leased.run()), tip);
    return new RunCommand.ReportIntegrated(tip, integrated, conflicts);
  }

  private void keep(LeasedTask leased, StepId step, List<Clash> clashes) throws IOException {
    if (RunUnderWay.of(workshop, leased).progress().of(step)
        instanceof StepState.Verified verified) {
      KeptConflicts.keep(workshop, leased.run(), step.value(), verified.attempt(), clashes);
    }
  }
}
