package dev.capstan.cli.command;

import dev.capstan.api.ProjectView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan projects}. */
@Command(
    name = "projects",
    description = "List the registered repositories, or register one with --add.",
    subcommands = {
      ProjectCommands.Add.class,
      ProjectCommands.Check.class,
      ProjectCommands.Prepare.class
    })
final class ProjectsCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = "--add",
      paramLabel = "PATH_OR_URL",
      description = "Register this repository, or change its slots.")
  private @Nullable String source;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Its name. Default: derived from the address.")
  private String name = "";

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many of its runs may be active at once. Default: ${DEFAULT-VALUE}.")
  private int slots;

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      if (source != null) {
        session.client().register(new ProjectView(name, RepositoryChecks.address(source), slots));
      }
      show(session.client().projects());
      return ExitCodes.OK;
    }
  }

  private void show(List<ProjectView> projects) {
    if (common.json()) {
      common.print(projects);
      return;
    }
    Table table = new Table("PROJECT", "SLOTS", "SOURCE", "HEALTH");
    projects.forEach(project ->
        table.row(
            project.id(),
            String.valueOf(project.slots()),
            project.source(),
            project.health().isEmpty() ? "-" : project.health()));
    table.lines().forEach(common.terminal()::line);
  }
}
