package dev.capstan.server.rest;

import dev.capstan.api.ModelCallView;
import dev.capstan.api.Page;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.RunQueries;
import dev.capstan.core.RunId;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.ModelCallQueries;
import dev.capstan.models.wire.Usage;
import dev.capstan.server.auth.Allowed;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What language models were asked for a run. */
@RestController
@RequestMapping("/api/v1/runs/{id}/model-calls")
public final class ModelCallController {
  private final RunQueries runs;
  private final ModelCallQueries calls;

  public ModelCallController(RunQueries runs, ModelCallQueries calls) {
    this.runs = runs;
    this.calls = calls;
  }

  /** The calls of language models that a run made, oldest first. */
  @Allowed(Scope.READER)
  @GetMapping
  Page<ModelCallView> list(@PathVariable String id) {
    RunId run =
        runs.find(new RunId(id))
            .map(found -> found.run().brief().run())
            .orElseThrow(() -> ApiException.notFound("there is no run " + id));
    return Pages.whole(calls.of(run).stream().map(ModelCallController::view).toList());
  }

  private static ModelCallView view(ModelCall call) {
    Optional<Usage> usage = call.usage();
    return new ModelCallView(
        call.id(),
        call.asker().step(),
        call.asker().attempt(),
        call.asker().purpose().name().toLowerCase(Locale.ROOT),
        call.at(),
        call.protocol().word(),
        call.asked(),
        call.used(),
        call.promptHash(),
        call.asker().prompt(),
        usage.isPresent(),
        usage.map(Usage::input).orElse(0L),
        usage.map(Usage::cached).orElse(0L),
        usage.map(Usage::output).orElse(0L),
        usage.map(Usage::reasoning).orElse(0L),
        call.microDollars().isPresent() ? Dollars.of(call.microDollars().getAsLong()) : "unknown",
        call.prices(),
        call.firstTokenMillis().orElse(-1),
        call.millis(),
        call.retries(),
        !call.origin().isPaid(),
        call.origin().word(),
        call.outcome().word(),
        call.detail());
  }
}
