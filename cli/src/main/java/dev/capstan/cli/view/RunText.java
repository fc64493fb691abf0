package dev.capstan.cli.view;

import static dev.capstan.cli.view.Terminal.visible;

import dev.capstan.api.RunView;
import dev.capstan.api.RunView.AttemptView;
import dev.capstan.api.RunView.CheckView;
import dev.capstan.api.RunView.ConflictView;
import dev.capstan.api.RunView.StepView;
import dev.capstan.api.SpendingView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A run as lines of text: one line for each step, then what became of it. */
public final class RunText {
  private static final int WIDEST_TITLE = 44;

  private final Terminal terminal;
  private final String options;

  /** {@code options} belong to every command that is suggested, such as the data folder in use. */
  public RunText(Terminal terminal, String options) {
    this.terminal = terminal;
    this.options = options;
  }

  /** One line for the run and one for each step, as they stand at {@code now}. */
  public List<String> lines(RunView run, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add(head(run, now));
    run.steps().forEach(step -> lines.add(step(step, now)));
    return lines;
  }

  /** What nobody knows is said, so that it does not look like nothing. */
  private static String spending(SpendingView spent) {
    String known =
        spent.calls() > 0 && spent.unpriced() == spent.calls()
            ? "cost unknown"
            : "$" + spent.dollars();
    String rest =
        spent.unpriced() == 0 || spent.unpriced() == spent.calls()
            ? ""
            : " and %d calls of unknown cost".formatted(spent.unpriced());
    String unmetered =
        spent.unmetered() == 0 ? "" : ", %d calls not metered".formatted(spent.unmetered());
    String again =
        spent.answeredAgain() == 0
            ? ""
            : "; %d more answered as before, %,d tokens spared"
                .formatted(spent.answeredAgain(), spent.saved());
    return "%d calls, %,d tokens in (%,d cached), %,d out, %s%s%s%s"
        .formatted(
            spent.calls(),
            spent.input(),
            spent.cached(),
            spent.output(),
            known,
            rest,
            unmetered,
            again);
  }

  private String head(RunView run, Instant now) {
    String doing = run.activity().isEmpty() ? "" : "  " + terminal.faint(run.activity());
    return mark(run.status())
        + ' '
        + terminal.bold(visible(run.goal()))
        + "  "
        + word(run.status())
        + ci(run)
        + doing
        + "  "
        + terminal.faint(
            time(Duration.between(run.createdAt(), isOver(run) ? run.updatedAt() : now)));
  }

  /** What CI says of what was delivered. */
  private String ci(RunView run) {
    return switch (run.ci()) {
      case "" -> "";
      case "failed" -> "  " + terminal.red("CI failed");
      case "passed" -> "  " + terminal.green("CI passed");
      default -> "  " + terminal.yellow("CI " + visible(run.ci()));
    };
  }

  private String step(StepView step, Instant now) {
    String title = visible(step.title());
    String cut = title.length() > WIDEST_TITLE ? title.substring(0, WIDEST_TITLE - 1) + "…" : title;
    return "  "
        + mark(step.status())
        + ' '
        + pad(cut, WIDEST_TITLE)
        + ' '
        + word(step.status())
        + detail(step, now);
  }

  private String detail(StepView step, Instant now) {
    if (step.attempts().isEmpty()) {
      return step.detail().isEmpty() ? "" : "  " + terminal.faint(visible(step.detail()));
    }
    AttemptView last = step.attempts().getLast();
    boolean underWay = last.state().equals("executing") || last.state().equals("verifying");
    Duration took =
        underWay ? Duration.between(last.startedAt(), now) : Duration.ofMillis(last.tookMillis());
    String attempt = last.number() > 1 ? "attempt " + last.number() + ", " : "";
    String what = underWay ? last.state() + ' ' + time(took) : summary(step, last) + time(took);
    return "  " + terminal.faint(attempt + what);
  }

  private static String summary(StepView step, AttemptView last) {
    return switch (last.state()) {
      case "judged" ->
          "%d %s +%d -%d, "
              .formatted(
                  last.files(),
                  last.files() == 1 ? "file" : "files",
                  last.linesAdded(),
                  last.linesDeleted());
      case "failed" ->
          visible(first(step.detail().isEmpty() ? last.failure() : step.detail())) + ", ";
      default -> last.state() + ", ";
    };
  }

  /** Everything about the run, with the evidence of each step. */
  public List<String> full(RunView run, Instant now) {
    List<String> lines = new ArrayList<>(List.of(head(run, now), ""));
    lines.add("  run       " + run.id());
    lines.add("  project   " + run.project());
    if (!run.origin().run().isEmpty()) {
      lines.add("  fork of   " + run.origin().run() + " at " + run.origin().version());
    }
    if (!run.policy().isEmpty()) {
      lines.add("  policy    " + visible(run.policy()));
    }
    if (!run.baseCommit().isEmpty()) {
      lines.add(
          "  base      "
              + run.baseCommit()
              + (run.baseBranch().isEmpty() ? "" : " (" + visible(run.baseBranch()) + ")"));
    }
    if (!run.baseline().isEmpty()) {
      lines.add("  baseline  " + visible(run.baseline()));
    }
    if (run.spending().calls() + run.spending().answeredAgain() > 0) {
      lines.add("  models    " + spending(run.spending()));
    }
    for (StepView step : run.steps()) {
      lines.add("");
      lines.add(step(step, now));
      step.attempts().forEach(attempt -> lines.addAll(attempt(attempt)));
    }
    lines.addAll(ending(run));
    return lines;
  }

  private List<String> attempt(AttemptView attempt) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "      attempt "
            + attempt.number()
            + "  "
            + terminal.faint(visible(attempt.engine()))
            + (attempt.commit().isEmpty() ? "" : "  " + attempt.commit().substring(0, 10)));
    attempt.checks().forEach(check -> lines.add("        " + check(check)));
    attempt
        .violations()
        .forEach(v ->
            lines.add(
                "        "
                    + terminal.red(v.category())
                    + ' '
                    + visible(v.subject())
                    + ": "
                    + visible(v.detail())));
    if (!attempt.confidence().isEmpty()) {
      lines.add("        " + terminal.faint("confidence " + visible(attempt.confidence())));
    }
    attempt
        .ignored()
        .forEach(ignored ->
            lines.add("        " + terminal.yellow("ignored by policy: ") + visible(ignored)));
    if (!attempt.failure().isEmpty()) {
      lines.add("        " + terminal.red("failed: ") + visible(attempt.failure()));
    }
    attempt.conflicts().forEach(conflict -> lines.addAll(conflict(conflict)));
    if (!attempt.approval().isEmpty()) {
      lines.add("        approved by a person: " + visible(attempt.approval()));
    }
    return lines;
  }

  private List<String> conflict(ConflictView conflict) {
    List<String> lines = new ArrayList<>();
    lines.add("        " + terminal.red("conflict ") + visible(conflict.path()));
    if (conflict.lines().isEmpty()) {
      lines.add("          one side has no such file, or it is no text");
    }
    conflict.lines().forEach(line -> lines.add("          " + visible(line)));
    return lines;
  }

  private String check(CheckView check) {
    String verdict = pad(check.verdict(), 14);
    String coloured =
        switch (check.verdict()) {
          case "PASS" -> terminal.green(verdict);
          case "FAIL" -> terminal.red(verdict);
          default -> terminal.yellow(verdict);
        };
    return pad(check.name(), 14) + coloured + ' ' + visible(check.reason());
  }

  /** How it ended, or what a person can do. */
  public List<String> ending(RunView run) {
    List<String> lines = new ArrayList<>();
    if (!run.reason().isEmpty()) {
      lines.addAll(List.of("", visible(run.reason())));
    }
    if (run.pullRequests().size() == 1) {
      lines.addAll(List.of("", terminal.bold("pull request  ") + visible(run.pullRequest())));
    } else if (!run.pullRequests().isEmpty()) {
      lines.addAll(List.of("", terminal.bold("pull requests") + ", to be merged in this order"));
      run.pullRequests().forEach(url -> lines.add("  " + visible(url)));
    }
    if (!run.heard().isEmpty()) {
      lines.addAll(List.of("", "Heard since:"));
      run.heard().forEach(line -> lines.add("  " + visible(line)));
    }
    if (!run.needs().isEmpty()) {
      lines.addAll(List.of("", "What you can do:"));
      run.needs().forEach(need -> lines.add("  " + need + options));
    }
    return lines;
  }

  private static boolean isOver(RunView run) {
    return switch (run.status()) {
      case "completed", "failed", "cancelled" -> true;
      default -> false;
    };
  }

  private String mark(String status) {
    return switch (status) {
      case "completed" -> terminal.green("✔");
      case "failed" -> terminal.red("✘");
      case "blocked", "needs_qa", "planned", "paused" -> terminal.yellow("!");
      case "running", "planning" -> "▸";
      case "skipped", "cancelled" -> terminal.faint("–");
      default -> terminal.faint("·");
    };
  }

  private String word(String status) {
    return switch (status) {
      case "completed" -> terminal.green(status);
      case "failed" -> terminal.red(status);
      case "blocked", "needs_qa", "planned", "paused" -> terminal.yellow(status.replace('_', ' '));
      default -> status;
    };
  }

  private static String first(String text) {
    return text.lines().findFirst().orElse("");
  }

  private static String pad(String text, int width) {
    return text.length() >= width ? text : text + " ".repeat(width - text.length());
  }

  private static String time(Duration took) {
    long seconds = Math.max(0, took.toSeconds());
    return seconds < 60
        ? "%d.%d s".formatted(seconds, Math.max(0, took.toMillisPart()) / 100)
        : "%d min %02d s".formatted(seconds / 60, seconds % 60);
  }
}
