package dev.capstan.cli.command;

import dev.capstan.api.ActivityView;
import dev.capstan.api.EventView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.EventStream;
import dev.capstan.cli.session.Json;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Follower;
import dev.capstan.cli.view.Terminal;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan logs}. */
@Command(
    name = "logs",
    description = "Print what a run's work printed, and with --events what happened.")
final class LogsCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Option(
      names = {"-f", "--follow"},
      description = "Go on until the run rests.")
  private boolean follow;

  @Option(names = "--events", description = "Print the events of the run instead.")
  private boolean events;

  @Override
  public Integer call() {
    try (Session session = common.open(follow)) {
      Client client = session.client();
      String run = target.resolve(client);
      if (follow) {
        follow(client, run);
      } else if (events) {
        client.events(run).forEach(this::print);
      } else {
        client.activity(run).forEach(this::print);
      }
      return ExitCodes.OK;
    }
  }

  private void follow(Client client, String run) {
    try (EventStream stream = client.stream(run, 0, 0)) {
      long version = 0;
      while (!Follower.rests(client.run(run)) || version < client.run(run).version()) {
        Optional<EventStream.Message> message = stream.next();
        if (message.isEmpty()) {
          return;
        }
        version = Math.max(version, print(message.get()));
      }
    }
  }

  private long print(EventStream.Message message) {
    if (message.name().equals("event")) {
      EventView event = Json.MAPPER.readValue(message.data(), EventView.class);
      print(event);
      return event.version();
    }
    print(Json.MAPPER.readValue(message.data(), ActivityView.class));
    return 0;
  }

  private void print(ActivityView line) {
    if (common.json()) {
      common.print(line);
      return;
    }
    String where = line.step().isEmpty() ? "run" : line.step() + "/" + line.attempt();
    common
        .terminal()
        .line(
            common.terminal().faint(where + " " + (line.channel().equals("err") ? "!" : "|"))
                + " "
                + Terminal.visible(line.text()));
  }

  private void print(EventView event) {
    if (common.json()) {
      common.print(event);
    } else {
      common
          .terminal()
          .line(
              common.terminal().faint(event.at().toString())
                  + "  "
                  + Terminal.visible(event.actor())
                  + "  "
                  + Terminal.visible(event.summary()));
    }
  }
}
