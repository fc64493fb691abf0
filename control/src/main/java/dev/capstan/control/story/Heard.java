package dev.capstan.control.story;

import dev.capstan.core.CommitId;
import dev.capstan.core.run.Aftermath;
import dev.capstan.core.run.CiReport;
import dev.capstan.core.run.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What CI and the forge said of a run after it had delivered, in words.
 *
 * @param ci what CI says of the delivered commit: passed, failed or undecided; "" if nothing
 * @param lines one for each check and each merge, with untrusted text
 */
public record Heard(String ci, List<String> lines) {
  public Heard {
    lines = List.copyOf(lines);
  }

  public static Heard of(Run.Known run) {
    return run instanceof Run.Ended(Run.Delivering d, Run.Outcome.Delivered _, Aftermath after)
        ? of(after, d.progress().tip())
        : new Heard("", List.of());
  }

  private static Heard of(Aftermath after, CommitId tip) {
    List<String> lines = new ArrayList<>();
    after.reports().forEach(report -> lines.add(line(report, tip)));
    after
        .merged()
        .forEach((branch, commit) ->
            lines.add("the forge: " + branch + " was merged by " + commit.abbreviated()));
    return new Heard(after.conclusion(tip).map(Heard::word).orElse(""), lines);
  }

  private static String line(CiReport report, CommitId tip) {
    String about =
        report.commit().equals(tip) ? "" : " of another commit, " + report.commit().abbreviated();
    return "CI: "
        + report.name()
        + ' '
        + word(report.conclusion())
        + about
        + (report.summary().isEmpty() ? "" : ": " + report.summary())
        + (report.url().isEmpty() ? "" : ", " + report.url());
  }

  private static String word(CiReport.Conclusion conclusion) {
    return conclusion.name().toLowerCase(Locale.ROOT);
  }
}
