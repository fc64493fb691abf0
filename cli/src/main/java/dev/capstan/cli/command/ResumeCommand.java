package dev.capstan.cli.command;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.cli.session.Client;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan resume}. */
@Command(
    name = "resume",
    description =
        "Go on with a run that was paused, detached, or interrupted because its process ended, and follow it.")
final class ResumeCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Override
  public Integer call() {
    return Following.follow(common, this::begin);
  }

  private String begin(Client client) {
    String run = target.resolve(client);
    switch (client.run(run).status()) {
      case "paused" -> client.act(run, Action.RESUME, new ActionRequest("", ""), 0);
      case "pending" -> client.act(run, Action.START, new ActionRequest("", ""), 0);
      default -> {}
    }
    return run;
  }
}
