package dev.capstan.cli.command;

import dev.capstan.api.CreateToken;
import dev.capstan.api.CreatedToken;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.TokenView;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan token}. */
@Command(
    name = "token",
    description = "The tokens by which people and services reach a server.",
    subcommands = {
      TokenCommand.Create.class,
      TokenCommand.Listing.class,
      TokenCommand.Rotate.class,
      TokenCommand.Revoke.class
    })
final class TokenCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    return list(common);
  }

  /** {@code capstan token create}. */
  @Command(
      name = "create",
      description = "Make a token, and print it this once.",
      footerHeading = "%nExample:%n",
      footer = "  capstan token create ci --scope operator --project shop --expires 30d")
  static final class Create implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private GrantedPlace place = new GrantedPlace();

    @Parameters(paramLabel = "NAME", description = "Of the person or service; events name it.")
    private String name = "";

    @Option(
        names = "--scope",
        required = true,
        paramLabel = "SCOPE",
        description = "reader, operator, maintainer, admin or worker.")
    private String scope = "";

    @Option(
        names = "--expires",
        paramLabel = "DAYS",
        defaultValue = "",
        description = "How long it is good, as in 30d. Default: until it is revoked.")
    private String expires = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        CreateToken wanted =
            new CreateToken(name, scope, place.project(), place.organisation(), days());
        return show(common, session.client().create(wanted));
      }
    }

    private long days() {
      if (expires.isEmpty()) {
        return 0;
      }
      if (!expires.matches("[1-9][0-9]{0,3}d")) {
        throw new ApiFailure(
            ErrorCode.INVALID, "--expires is a number of days, as in 30d, not " + expires);
      }
      return Long.parseLong(expires.substring(0, expires.length() - 1));
    }
  }

  /** {@code capstan token list}. */
  @Command(name = "list", description = "List the tokens, newest first.")
  static final class Listing implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Override
    public Integer call() {
      return list(common);
    }
  }

  /** {@code capstan token revoke}. */
  @Command(name = "revoke", description = "End a token at once.")
  static final class Revoke implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(paramLabel = "NAME_OR_ID", description = "Of a token in use.")
    private String wanted = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        session.client().revokeToken(inUse(session, wanted));
        common.note(wanted + " is revoked");
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan token rotate}. */
  @Command(
      name = "rotate",
      description =
          "Give a token another secret, and print it this once. The secret that it had is good no more, or with"
              + " --grace for a while beside it.",
      footerHeading = "%nExamples:%n",
      footer = {"  capstan token rotate ci --grace 60", "  capstan token rotate stolen"})
  static final class Rotate implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(paramLabel = "NAME_OR_ID", description = "Of a token in use.")
    private String wanted = "";

    @Option(
        names = "--grace",
        paramLabel = "MINUTES",
        defaultValue = "0",
        description =
            "How long the former secret is good beside the new one, up to 10080 (a week). Default: not at all.")
    private long grace;

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        return show(common, session.client().rotateToken(inUse(session, wanted), grace));
      }
    }
  }

  private static int show(Common common, CreatedToken token) {
    if (common.json()) {
      common.print(token);
    } else {
      common.terminal().line(token.secret());
    }
    return ExitCodes.OK;
  }

  /** The id of the one token in use that has that name or id. */
  private static String inUse(Session session, String wanted) {
    List<TokenView> found =
        session.client().tokens().stream()
            .filter(token -> token.revokedAt() == null)
            .filter(token -> token.id().equals(wanted) || token.name().equals(wanted))
            .toList();
    if (found.size() != 1) {
      throw new ApiFailure(
          ErrorCode.NOT_FOUND,
          found.isEmpty()
              ? "there is no token " + wanted + " in use; capstan token list shows them"
              : "several organisations have a token " + wanted + "; name it by its id");
    }
    return found.getFirst().id();
  }

  private static int list(Common common) {
    try (Session session = common.open(false)) {
      List<TokenView> tokens = session.client().tokens();
      if (common.json()) {
        common.print(tokens);
        return ExitCodes.OK;
      }
      Table table =
          new Table("NAME", "SCOPE", "ORGANISATION", "PROJECT", "EXPIRES", "LAST USED", "ID");
      tokens.forEach(token ->
          table.row(
              Terminal.visible(token.name()),
              token.scope(),
              token.organisation(),
              token.project(),
              token.revokedAt() == null ? day(token.expiresAt()) : "revoked",
              day(token.lastUsedAt()),
              token.id()));
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }

  private static String day(@Nullable Instant moment) {
    return moment == null ? "never" : moment.truncatedTo(ChronoUnit.MINUTES).toString();
  }
}
