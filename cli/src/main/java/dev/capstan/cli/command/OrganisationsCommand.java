package dev.capstan.cli.command;

import dev.capstan.api.OrganisationView;
import dev.capstan.cli.session.Session;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan organisations}. */
@Command(
    name = "organisations",
    description = "List the organisations, which own projects and see nothing of one another.")
final class OrganisationsCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(names = "--add", paramLabel = "NAME", description = "Add this one.")
  private @Nullable String added;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      if (added != null) {
        session.client().add(new OrganisationView(added));
      }
      List<OrganisationView> all = session.client().organisations();
      if (common.json()) {
        common.print(all);
      } else {
        all.forEach(one -> common.terminal().line(one.name()));
      }
      return ExitCodes.OK;
    }
  }
}
