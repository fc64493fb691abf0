package dev.capstan.server.rest;

import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.core.run.Refusal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Plans that no run has yet. */
@RestController
@RequestMapping("/api/v1/plans")
public final class PlanController {
  /** Refuses a plan that no run could carry out; answers with the plan itself. */
  @PostMapping("/check")
  PlanDocument check(@RequestBody PlanDocument document) {
    var faults = PlanDocuments.plan(Bodies.complete(document)).faults();
    if (!faults.isEmpty()) {
      throw ApiException.invalid(new Refusal.BadPlan(faults).message());
    }
    return document;
  }
}
