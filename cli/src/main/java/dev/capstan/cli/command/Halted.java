package dev.capstan.cli.command;

import dev.capstan.api.HaltView;
import dev.capstan.api.RunView;
import dev.capstan.cli.view.RunText;
import dev.capstan.cli.view.Terminal;
import java.time.Instant;
import java.util.List;

/** What is halted, for people. */
final class Halted {
  private Halted() {}

  static void show(Common common, RunView run) {
    if (common.json()) {
      common.print(run);
    } else {
      new RunText(common.terminal(), common.asOptions())
          .lines(run, Instant.now())
          .forEach(common.terminal()::line);
    }
  }

  static void show(Common common, List<HaltView> halts) {
    if (common.json()) {
      common.print(halts);
    } else if (halts.isEmpty()) {
      common.terminal().line("nothing is halted");
    } else {
      lines(common, halts);
    }
  }

  /** One line for each halt. */
  static void lines(Common common, List<HaltView> halts) {
    for (HaltView halt : halts) {
      String what = (halt.reach() + ' ' + halt.id()).strip();
      common
          .terminal()
          .line(
              common.terminal().red("HALTED")
                  + Terminal.visible(
                      " the " + what + ": " + halt.reason() + " (by " + halt.by() + ')'));
    }
  }
}
