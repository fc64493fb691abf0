package dev.capstan.cli.command;

import dev.capstan.api.CampaignView;
import dev.capstan.api.CampaignView.TargetView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.ConnectionLost;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Follows a campaign until nothing of it goes on by itself. */
final class CampaignFollowing {
  private static final long LOOK_MILLIS = 500;
  private static final Set<String> FAILED = Set.of("failed", "refused", "cancelled");

  private CampaignFollowing() {}

  /** Begins with {@code begin}, which names the campaign and may be repeated. */
  static int follow(Common common, Function<Client, String> begin) {
    Map<String, String> told = new HashMap<>();
    while (true) {
      try (Session session = common.open(true)) {
        String id = begin.apply(session.client());
        if (!common.json() && told.isEmpty()) {
          common
              .terminal()
              .line(
                  common
                      .terminal()
                      .faint(
                          "campaign "
                              + id
                              + "; if it is interrupted, capstan campaign follow goes on"));
        }
        CampaignView view = session.client().campaign(id);
        while (view.status().equals("running")) {
          tell(common, view, told);
          Thread.sleep(LOOK_MILLIS);
          view = session.client().campaign(id);
        }
        tell(common, view, told);
        return end(common, view);
      } catch (ConnectionLost lost) {
        common.terminal().line(String.valueOf(lost.getMessage()) + "; going on");
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return ExitCodes.FAILED;
      }
    }
  }

  /** One line for each target whose state is another. */
  private static void tell(Common common, CampaignView view, Map<String, String> told) {
    for (TargetView target : view.targets()) {
      String state = target.state() + " " + target.steps();
      if (!state.equals(told.put(target.source(), state)) && !common.json()) {
        common
            .terminal()
            .line(
                Terminal.visible(target.source())
                    + "  "
                    + target.state()
                    + (target.steps().isEmpty() ? "" : ", steps " + target.steps())
                    + (target.reason().isEmpty() ? "" : ": " + Terminal.visible(target.reason())));
      }
    }
  }

  private static int end(Common common, CampaignView view) {
    if (common.json()) {
      common.print(view);
    } else {
      common.terminal().line("");
      table(view).forEach(common.terminal()::line);
    }
    if (view.status().equals("completed")) {
      return view.states().keySet().stream().anyMatch(FAILED::contains)
          ? ExitCodes.FAILED
          : ExitCodes.OK;
    }
    return ExitCodes.NEEDS_PERSON;
  }

  static String states(CampaignView view) {
    return new TreeMap<>(view.states())
        .entrySet().stream()
            .map(state -> state.getValue() + " " + state.getKey())
            .collect(Collectors.joining(", "));
  }

  static List<String> table(CampaignView view) {
    Table table = new Table("REPOSITORY", "STATE", "STEPS", "LEFT", "RUN", "WHY OR WHERE");
    for (TargetView target : view.targets()) {
      table.row(
          Terminal.visible(target.source()),
          target.state(),
          target.steps(),
          target.remaining() + (target.relapsed() ? " again" : ""),
          target.run(),
          Terminal.visible(
              target.pullRequest().isEmpty() ? target.reason() : target.pullRequest()));
    }
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(view.id() + "  " + view.status() + ": " + states(view));
    return lines;
  }
}
