package dev.capstan.cli.command;

import dev.capstan.cli.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan evidence}. */
@Command(
    name = "evidence",
    description = "Print or write the signed evidence of a run; capstan verify-evidence checks it.")
final class EvidenceCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private RunTarget target = new RunTarget();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      description = "Write it there. Default: print it.")
  private @Nullable Path out;

  @Override
  public Integer call() throws IOException {
    try (Session session = common.open(false)) {
      String envelope = session.client().evidence(target.resolve(session.client()));
      if (out == null) {
        envelope.lines().forEach(common.terminal()::line);
      } else {
        common.write(out, envelope);
      }
      return ExitCodes.OK;
    }
  }
}
