package dev.capstan.cli.command;

import dev.capstan.api.CreateGrant;
import dev.capstan.api.GrantView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan grants}. */
@Command(
    name = "grants",
    description =
        "What people may do who sign in by the server's issuer; what services may do is said by their tokens.",
    subcommands = {
      GrantsCommand.Listing.class,
      GrantsCommand.Add.class,
      GrantsCommand.Remove.class
    })
final class GrantsCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Override
  public Integer call() {
    return list(common);
  }

  /** {@code capstan grants list}. */
  @Command(
      name = "list",
      description = "List the grants, newest first; those of the configuration are not among them.",
      footerHeading = "%nExample:%n",
      footer = "  capstan grants list --json")
  static final class Listing implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Override
    public Integer call() {
      return list(common);
    }
  }

  /** {@code capstan grants add}. */
  @Command(
      name = "add",
      description = "Grant a person or a group a scope; it holds from their next request on.",
      footerHeading = "%nExamples:%n",
      footer = {
        "  capstan grants add --person ada --scope maintainer --project shop",
        "  capstan grants add --group platform-team --scope operator --organisation payments"
      })
  static final class Add implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private GrantedPlace place = new GrantedPlace();

    @ArgGroup(multiplicity = "1")
    private Holder holder = new Holder();

    @Option(
        names = "--scope",
        required = true,
        paramLabel = "SCOPE",
        description = "reader, operator, maintainer or admin.")
    private String scope = "";

    @Override
    public Integer call() {
      boolean person = !holder.person.isEmpty();
      CreateGrant wanted =
          new CreateGrant(
              person ? "person" : "group",
              person ? holder.person : holder.group,
              scope,
              place.project(),
              place.organisation());
      try (Session session = common.open(false)) {
        GrantView grant = session.client().add(wanted);
        if (common.json()) {
          common.print(grant);
        } else {
          common.terminal().line(grant.id());
        }
        return ExitCodes.OK;
      }
    }
  }

  /** Whom it is granted to: one or the other. */
  static final class Holder {
    @Option(
        names = "--person",
        paramLabel = "NAME",
        description =
            "As the issuer names them; or sub: and its own id of them, which never changes.")
    private String person = "";

    @Option(names = "--group", paramLabel = "NAME", description = "A group of the issuer's.")
    private String group = "";
  }

  /** {@code capstan grants remove}. */
  @Command(
      name = "remove",
      description = "Take a grant back; it holds no more from the next request on.",
      footerHeading = "%nExample:%n",
      footer = "  capstan grants remove 0d9f6c1e-8a63-4a52-9f0b-3c1f7a5e2b44")
  static final class Remove implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(paramLabel = "ID", description = "As capstan grants list shows it.")
    private String id = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        session.client().removeGrant(id);
        common.note(id + " is removed");
        return ExitCodes.OK;
      }
    }
  }

  private static int list(Common common) {
    return common.list(
        Client::grants,
        new Table("WHO", "SCOPE", "ORGANISATION", "PROJECT", "GRANTED BY", "ID"),
        (table, grant) ->
            table.row(
                grant.kind() + ' ' + grant.holder(),
                grant.scope(),
                grant.organisation(),
                grant.project(),
                grant.createdBy(),
                grant.id()));
  }
}
