package dev.capstan.cli.command;

import dev.capstan.api.TemplateView;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code capstan templates}. */
@Command(
    name = "templates",
    description = "List run templates, or show one: see docs/triggers.md.",
    footerHeading = "%nExamples:%n",
    footer = {"  capstan templates", "  capstan run --repo . --template upgrade-java --set to=25"})
final class TemplatesCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The template. Default: all.")
  private String name = "";

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      List<TemplateView> templates =
          name.isEmpty() ? session.client().templates() : List.of(session.client().template(name));
      if (common.json()) {
        common.print(templates);
        return ExitCodes.OK;
      }
      Table table = new Table("TEMPLATE", "VERSION", "PARAMETERS", "ASKS FOR", "WHAT IT IS FOR");
      for (TemplateView one : templates) {
        table.row(
            one.name(),
            String.valueOf(one.version()),
            parameters(one),
            Terminal.visible(one.goal().isEmpty() ? "the tasks of " + one.tasks() : one.goal()),
            Terminal.visible(one.summary()));
      }
      table.lines().forEach(common.terminal()::line);
      return ExitCodes.OK;
    }
  }

  private static String parameters(TemplateView template) {
    return template.parameters().stream()
        .map(one -> one.usual().isEmpty() ? one.name() : one.name() + '=' + one.usual())
        .map(Terminal::visible)
        .collect(Collectors.joining(" "));
  }
}
