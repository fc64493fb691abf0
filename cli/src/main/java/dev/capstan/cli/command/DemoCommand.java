package dev.capstan.cli.command;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.PlanGoal;
import dev.capstan.api.PlannedGoal;
import dev.capstan.api.RunSummary;
import dev.capstan.cli.session.Client;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan demo}. */
@Command(
    name = "demo",
    description =
        "Carry out a plan on a small sample repository, up to the pull request: steps planned by rules from its task list, and steps written by hand. A demo that was interrupted goes on.")
final class DemoCommand implements Callable<Integer> {
  private static final String PROJECT = "demo";
  private static final String TASKS = "TASKS.md";

  @Mixin private Common common = new Common();

  @Option(names = "--examples", hidden = true, description = "Folder with the sample.")
  private @Nullable Path examples;

  @Override
  public Integer call() throws IOException {
    Path sample = Sample.find(Optional.ofNullable(examples));
    PlanFile.Read read = PlanFile.read(sample.resolve("plan.yaml"));
    return Following.follow(
        common, client -> unfinished(client).orElseGet(() -> begin(client, sample, read)));
  }

  private static Optional<String> unfinished(Client client) {
    return client.runs(100).stream()
        .filter(run -> run.project().equals(PROJECT))
        .filter(run ->
            run.status().equals("running")
                || run.status().equals("planning")
                || run.status().equals("pending"))
        .map(RunSummary::id)
        .findFirst();
  }

  private String begin(Client client, Path sample, PlanFile.Read read) {
    Path repository = Sample.repository(sample, common.settings().data().resolve("demo"));
    PlanDocument byHand =
        new Attachments(client::upload, sample, repository.toString(), Attachments.Origin.PLAN_FILE)
            .attach(read.plan());
    PlannedGoal byRules = client.plan(PlanGoal.of(PROJECT, repository.toString(), "", "", TASKS));
    common.note(
        "%d steps planned by rules from %s, %d written by hand"
            .formatted(byRules.plan().steps().size(), TASKS, byHand.steps().size()));
    byRules.notes().forEach(common::note);
    PlanDocument plan =
        new PlanDocument(
            Stream.concat(byRules.plan().steps().stream(), byHand.steps().stream()).toList());
    String id = RunIds.next();
    client.create(
        new CreateRun(id, repository.toString(), PROJECT, read.goal(), "", plan, false, 0, true));
    return id;
  }
}
