package dev.capstan.cli.command;

import dev.capstan.api.IntakeEvent;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan event}. */
@Command(
    name = "event",
    description = "Say that something happened; triggers may begin runs because of it.",
    footerHeading = "%nExamples:%n",
    footer = "  capstan event library.released --id lib-1.4 --set version=1.4")
final class EventCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(paramLabel = "TYPE", description = "What happened, in words with dots.")
  private String type = "";

  @Option(
      names = "--id",
      paramLabel = "ID",
      defaultValue = "",
      description = "An event is taken in once by its id. Default: a new one.")
  private String id = "";

  @Option(names = "--set", paramLabel = "NAME=VALUE", description = "What the event says more.")
  private Map<String, String> payload = new HashMap<>();

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      IntakeEvent.Answer answer =
          session.client().take(new IntakeEvent(id.isEmpty() ? RunIds.next() : id, type, payload));
      if (common.json()) {
        common.print(answer);
        return ExitCodes.OK;
      }
      answer.notes().forEach(common::note);
      if (!answer.taken()) {
        common.note("an event of that id was taken in before; nothing is begun again");
      } else if (answer.runs().isEmpty()) {
        common.note("no trigger asks for a run because of it");
      }
      answer.runs().forEach(run -> common.terminal().line(Terminal.visible(run)));
      return ExitCodes.OK;
    }
  }
}
