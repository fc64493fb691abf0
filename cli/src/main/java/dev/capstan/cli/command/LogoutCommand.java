package dev.capstan.cli.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan logout}. */
@Command(
    name = "logout",
    description = "Forget the sign-in to a server.",
    footerHeading = "%nExample:%n",
    footer = "  capstan logout --server https://capstan.example.org")
final class LogoutCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    String url = common.remoteUrl();
    common.note(
        common.logins().forget(url) ? "signed out of " + url : "nobody was signed in to " + url);
    return ExitCodes.OK;
  }
}
