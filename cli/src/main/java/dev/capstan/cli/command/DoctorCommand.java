package dev.capstan.cli.command;

import dev.capstan.cli.view.Terminal;
import dev.capstan.server.Checkup;
import dev.capstan.server.Checkup.Finding;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan doctor}. */
@Command(
    name = "doctor",
    description =
        "Look at this machine and say what is missing. Exit code 1 if something needed is.")
final class DoctorCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    List<Finding> findings = Checkup.of(common.settings());
    if (common.json()) {
      common.print(findings);
    } else {
      findings.forEach(this::show);
    }
    return findings.stream().anyMatch(finding -> finding.needed() && !finding.well())
        ? ExitCodes.FAILED
        : ExitCodes.OK;
  }

  private void show(Finding finding) {
    Terminal terminal = common.terminal();
    String mark =
        finding.well()
            ? terminal.green("✔")
            : finding.needed() ? terminal.red("✘") : terminal.yellow("–");
    terminal.line(
        "%s %-12s %s".formatted(mark, finding.name(), Terminal.visible(finding.detail())));
  }
}
