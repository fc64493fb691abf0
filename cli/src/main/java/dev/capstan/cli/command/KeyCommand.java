package dev.capstan.cli.command;

import dev.capstan.cli.session.Session;
import dev.capstan.verification.attestation.PublicKeys;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan key}. */
@Command(
    name = "key",
    description = "The key that signs the evidence of this installation.",
    subcommands = KeyCommand.Show.class)
final class KeyCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    return show(common);
  }

  /** {@code capstan key show}. */
  @Command(
      name = "show",
      description = "Print the public key, to be given to whoever checks evidence.")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Override
    public Integer call() {
      return show(common);
    }
  }

  private static int show(Common common) {
    try (Session session = common.open(false)) {
      String pem = session.client().key();
      String id = PublicKeys.id(PublicKeys.read(pem));
      if (common.json()) {
        common.print(Map.of("id", id, "pem", pem));
      } else {
        common.terminal().line("key id " + id);
        pem.lines().forEach(common.terminal()::line);
      }
      return ExitCodes.OK;
    }
  }
}
