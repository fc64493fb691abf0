package dev.capstan.cli.view;

import dev.capstan.api.WorldFile;
import dev.capstan.api.WorldView;
import java.util.List;

/** What a project is like, in words. */
public final class WorldText {
  private static final int SHORT = 10;

  private final Terminal terminal;

  public WorldText(Terminal terminal) {
    this.terminal = terminal;
  }

  public void world(WorldView world) {
    terminal.line(
        terminal.bold(world.project())
            + (world.tip().isEmpty()
                ? "  not fetched yet"
                : "  " + Terminal.visible(world.branch()) + " at " + abbreviated(world.tip())));
    world.trees().forEach(this::tree);
    if (world.trees().isEmpty()) {
      terminal.line("files     not indexed yet; capstan index --project " + world.project());
    }
    measured(world);
    world.working().forEach(this::working);
    if (world.working().isEmpty()) {
      terminal.line("at work   nobody");
    }
  }

  private void tree(WorldView.Tree tree) {
    String state =
        tree.state().equals("stale")
            ? terminal.yellow(
                "stale: %d files differ at %s".formatted(tree.changed(), abbreviated(tree.tip())))
            : tree.state();
    terminal.line(
        "files     %d of %s%s, %s  %s"
            .formatted(
                tree.files(),
                Terminal.visible(tree.name()),
                tree.commit().isEmpty() || tree.commit().equals(tree.name())
                    ? ""
                    : " at " + abbreviated(tree.commit()),
                state,
                terminal.faint(abbreviated(tree.hash()))));
    tree.changes()
        .forEach(change ->
            terminal.line("          " + Terminal.visible(change.kind() + "  " + change.path())));
  }

  private void measured(WorldView world) {
    WorldView.Measured baseline = world.baseline();
    if (baseline == null) {
      terminal.line("measured  nothing yet");
    } else {
      terminal.line(
          "measured  %s, %s: %s%s"
              .formatted(
                  abbreviated(baseline.commit()),
                  baseline.at(),
                  Terminal.visible(baseline.summary()),
                  baseline.stale() ? terminal.yellow("  stale: not the tip") : ""));
    }
    WorldView.Verified verified = world.verification();
    if (verified != null) {
      terminal.line(
          "verified  %s %s, %s, %s: the gate %s"
              .formatted(
                  verified.run(),
                  verified.step().isEmpty() ? "as a whole" : verified.step(),
                  abbreviated(verified.commit()),
                  verified.at(),
                  verified.gate().equals("asks a person")
                      ? "asks a person"
                      : "is " + verified.gate()));
      verified
          .checks()
          .forEach(check ->
              terminal.line(
                  "          %s %s: %s"
                      .formatted(check.name(), check.verdict(), Terminal.visible(check.reason()))));
    }
  }

  private void working(WorldView.Working working) {
    terminal.line(
        working.step().isEmpty()
            ? "at work   %s: %s".formatted(working.run(), working.kind())
            : "at work   %s %s, attempt %d by %s: %s; may change %s"
                .formatted(
                    working.run(),
                    working.step(),
                    working.attempt(),
                    Terminal.visible(working.engine()),
                    working.kind(),
                    working.scope().isEmpty()
                        ? "every file"
                        : Terminal.visible(String.join(", ", working.scope()))));
  }

  public void files(List<WorldFile> files) {
    for (WorldFile file : files) {
      terminal.line(
          "%-40s  %s%s%s"
              .formatted(
                  file.blob(),
                  Terminal.visible(file.path()),
                  file.state().equals("indexed") ? "" : "  " + file.state(),
                  file.stale() ? terminal.yellow("  stale") : ""));
    }
  }

  private static String abbreviated(String hash) {
    return hash.substring(0, Math.min(hash.length(), SHORT));
  }
}
