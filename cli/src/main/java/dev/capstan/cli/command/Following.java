package dev.capstan.cli.command;

import dev.capstan.api.RunView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.ConnectionLost;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Follower;
import dev.capstan.cli.view.RunText;
import java.time.Duration;
import java.util.function.Function;

/** Follows a run to its rest, and takes over if the server it was followed on goes away. */
final class Following {
  private static final int MOST_LOST = 60;
  private static final Duration LOOK = Duration.ofSeconds(1);

  private Following() {}

  /** Begins with {@code begin}, which names the run and may be repeated; returns the exit code. */
  static int follow(Common common, Function<Client, String> begin) {
    Follower follower = new Follower(common.terminal());
    String announced = "";
    int lostInARow = 0;
    while (true) {
      try (Session session = common.open(true)) {
        String run = begin.apply(session.client());
        if (!common.json() && announced.isEmpty()) {
          announced = run;
          common
              .terminal()
              .line(
                  common
                      .terminal()
                      .faint("run " + run + "; if it is interrupted, capstan resume goes on"));
        }
        lostInARow = 0;
        RunView view =
            common.json() ? rested(session.client(), run) : follower.follow(session.client(), run);
        if (Follower.rests(view)) {
          show(common, view);
          return ExitCodes.of(view);
        }
      } catch (ConnectionLost lost) {
        if (common.isRemote()) {
          if (announced.isEmpty() || ++lostInARow > MOST_LOST) {
            throw lost;
          }
          pause(lost);
        }
        common.terminal().line(String.valueOf(lost.getMessage()) + "; going on");
      }
    }
  }

  /** A server elsewhere starts again without us, if it does. */
  private static void pause(ConnectionLost lost) {
    try {
      Thread.sleep(LOOK);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw lost;
    }
  }

  private static RunView rested(Client client, String run) {
    try (var stream = client.stream(run, 0, -1)) {
      RunView view = client.run(run);
      while (!Follower.rests(view) && stream.next().isPresent()) {
        view = client.run(run);
      }
      return view;
    }
  }

  private static void show(Common common, RunView view) {
    if (common.json()) {
      common.print(view);
    } else {
      new RunText(common.terminal(), common.asOptions())
          .ending(view)
          .forEach(common.terminal()::line);
    }
  }
}
