package dev.capstan.cli.command;

import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code capstan login}. */
@Command(
    name = "login",
    description = {
      "Sign in to a server as a person, by the issuer that the server names.",
      "Later commands to that server need no token; theirs is renewed by itself."
    },
    footerHeading = "%nExample:%n",
    footer = "  capstan login --server https://capstan.example.org")
final class LoginCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    String url = common.remoteUrl();
    Session.signIn(
        url,
        common.authorities(),
        common.logins(),
        prompt ->
            common
                .terminal()
                .line(
                    "Open "
                        + Terminal.visible(prompt.address())
                        + " and enter the code "
                        + Terminal.visible(prompt.code())));
    common.note("signed in to " + url);
    return ExitCodes.OK;
  }
}
