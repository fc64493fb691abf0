package dev.capstan.cli.view;

import dev.capstan.api.MemoryReuseView;
import dev.capstan.api.MemorySearchView;
import dev.capstan.api.MemoryView;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** What is remembered, in words. */
public final class MemoryText {
  private final Terminal terminal;

  public MemoryText(Terminal terminal) {
    this.terminal = terminal;
  }

  public void list(List<MemoryView> memories, MemoryReuseView reuse) {
    table(memories).lines().forEach(terminal::line);
    terminal.line(
        terminal.faint(
            "%d remembered; offered to %d of %d attempts and %d of %d plannings"
                .formatted(
                    reuse.memories(),
                    reuse.attemptsOffered(),
                    reuse.attempts(),
                    reuse.planningsOffered(),
                    reuse.plannings())));
    terminal.line(
        terminal.faint(
            "passed: %d of %d attempts with memories, %d of %d without"
                .formatted(
                    reuse.passedWith(),
                    reuse.endedWith(),
                    reuse.passedWithout(),
                    reuse.endedWithout())));
  }

  private static Table table(List<MemoryView> memories) {
    Table table = new Table("ID", "ENDED", "STEP", "ENGINE", "OUTCOME", "OFFERED");
    memories.forEach(memory ->
        table.row(
            String.valueOf(memory.id()),
            day(memory),
            memory.situation().title(),
            memory.action().engine(),
            memory.outcome().verdict(),
            String.valueOf(memory.offered())));
    return table;
  }

  private static String day(MemoryView memory) {
    return memory.endedAt().atZone(ZoneOffset.UTC).toLocalDate().toString();
  }

  public void found(MemorySearchView found) {
    Table table = new Table("ID", "SCORE", "ENDED", "STEP", "ENGINE", "OUTCOME");
    found
        .hits()
        .forEach(hit ->
            table.row(
                String.valueOf(hit.memory().id()),
                String.format(Locale.ROOT, "%.2f", hit.score()),
                day(hit.memory()),
                hit.memory().situation().title(),
                hit.memory().action().engine(),
                hit.memory().outcome().verdict()));
    if (found.hits().isEmpty()) {
      terminal.line("No step like that is remembered.");
    } else {
      table.lines().forEach(terminal::line);
    }
  }

  public void whole(MemoryView memory) {
    MemoryView.Situation situation = memory.situation();
    MemoryView.Action action = memory.action();
    MemoryView.Outcome outcome = memory.outcome();
    terminal.line(terminal.bold(Terminal.visible(situation.title())));
    line("goal", situation.goal());
    line("why", situation.reason());
    line("kind", situation.kind());
    line("scope", situation.scope().isEmpty() ? "every file" : joined(situation.scope()));
    line("step", memory.run() + " " + memory.step());
    line("by", action.engine() + "  " + action.work());
    line(
        "changed",
        "%d files, +%d -%d  %s"
            .formatted(
                action.changedFiles(),
                action.linesAdded(),
                action.linesDeleted(),
                joined(action.files())));
    line(
        "outcome",
        "%s %s, %d attempts, %.0f s, %,d tokens, $%s"
            .formatted(
                outcome.verdict(),
                memory.endedAt(),
                outcome.attempts(),
                outcome.seconds(),
                outcome.tokens(),
                outcome.dollars()));
    outcome.failures().forEach(why -> line("failed", why));
    outcome.evidence().forEach(check -> line("check", check));
    line(
        "offered",
        "%d times; of these attempts %d passed and %d failed"
            .formatted(memory.offered(), memory.passed(), memory.failed()));
  }

  private static String joined(List<String> texts) {
    return String.join(", ", texts);
  }

  private void line(String name, String text) {
    terminal.line("%-8s %s".formatted(name, Terminal.visible(text)).stripTrailing());
  }
}
