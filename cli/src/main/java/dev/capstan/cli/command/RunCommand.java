package dev.capstan.cli.command;

import dev.capstan.api.CreateRun;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan run}. */
@Command(
    name = "run",
    description = "Carry out a goal on a repository, up to a verified pull request.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan run --repo . --goal \"Migrate to JUnit 5 and remove unused imports\"",
      "  capstan run --repo . --goal \"Sort the imports\" -- ./sort-imports.sh",
      "  capstan run --repo https://example.org/shop.git --goal \"Use the new API\" --plan plan.yaml",
      "",
      "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 a person is needed, 4 cancelled."
    })
final class RunCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private Wish wish = new Wish();

  @Option(
      names = "--approve-plan",
      description = "Let a person approve the plan before work starts.")
  private boolean approvePlan;

  @Option(
      names = "--trust-planner",
      description =
          "Start work on a plan of a --planner without a person's approval, unless the project's policy wants one.")
  private boolean trustPlanner;

  @Option(
      names = "--parallel",
      paramLabel = "N",
      defaultValue = "0",
      description = "Steps under way at once. Default: 2.")
  private int parallel;

  @Option(
      names = "--stop-after",
      paramLabel = "STEP",
      description = "Pause once that step is done; may be repeated.")
  private List<String> stops = new ArrayList<>();

  @Option(
      names = "--detach",
      description = "Create the run and return; capstan resume goes on with it.")
  private boolean detach;

  @Override
  public Integer call() throws IOException {
    Wish.Resolved resolved = wish.resolve();
    String id = RunIds.next();
    if (detach) {
      try (var session = common.open(false)) {
        create(session.client(), id, resolved, false);
        common.terminal().line(id);
        return ExitCodes.OK;
      }
    }
    return Following.follow(common, client -> create(client, id, resolved, true));
  }

  private String create(Client client, String id, Wish.Resolved wished, boolean start) {
    Wish.Resolved resolved = wished.planned(client, wish.project(), wish.base(), common::note);
    CreateRun.PlanDocument plan = stopping(resolved.upload(client));
    client.create(
        new CreateRun(
            id,
            resolved.source(),
            wish.project(),
            resolved.goal(),
            wish.base(),
            plan,
            approvePlan || (!resolved.guesses().isEmpty() && !trustPlanner),
            parallel,
            start));
    return id;
  }

  private CreateRun.PlanDocument stopping(CreateRun.PlanDocument plan) {
    List<String> missing = new ArrayList<>(stops);
    plan.steps().forEach(step -> missing.remove(step.id()));
    if (!missing.isEmpty()) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          "--stop-after names " + missing.getFirst() + ", which is no step of the plan");
    }
    return new CreateRun.PlanDocument(
        plan.steps().stream()
            .map(step -> stops.contains(step.id()) ? step.stopping() : step)
            .toList());
  }
}
