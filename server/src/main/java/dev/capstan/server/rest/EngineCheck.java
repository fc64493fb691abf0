package dev.capstan.server.rest;

import dev.capstan.core.plan.Plan;
import dev.capstan.core.plan.Step;
import dev.capstan.core.plan.Work;
import dev.capstan.engines.Engine;
import java.util.Map;
import java.util.TreeSet;

/** Refuses work that no engine here could ever do, before a run begins with it. */
final class EngineCheck {
  private final Map<String, Engine> engines;

  EngineCheck(Map<String, Engine> engines) {
    this.engines = engines;
  }

  void require(Plan plan) {
    for (Step step : plan.steps()) {
      for (Work work : step.engines()) {
        require(step, work);
      }
    }
  }

  private void require(Step step, Work work) {
    Engine engine = engines.get(work.engine());
    if (engine == null) {
      throw ApiException.invalid(
          "step %s needs the engine \"%s\", which is not here; there are: %s"
              .formatted(
                  step.id(), work.engine(), String.join(", ", new TreeSet<>(engines.keySet()))));
    }
    engine
        .refuses(work)
        .ifPresent(why -> {
          throw ApiException.invalid("step " + step.id() + ", " + work.engine() + ": " + why);
        });
  }
}
