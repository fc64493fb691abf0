package dev.capstan.cli.command;

import dev.capstan.api.GraphNodeView;
import dev.capstan.api.GraphPathView;
import dev.capstan.api.GraphSubsystemsView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.GraphText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan graph}. */
@Command(
    name = "graph",
    description =
        "Show what calls, imports, tests and documents something, what it calls, and whether that is all.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan graph Till.openDrawer            who calls it, and what it calls",
      "  capstan graph src/shop/Till.java         a file: what imports it, what is in it",
      "  capstan graph --path Shop.sell Drawer    how one leads to the other",
      "  capstan graph --subsystems               the modules and what they depend on"
    })
final class GraphCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private TreeTarget target = new TreeTarget();

  @ArgGroup(multiplicity = "1")
  private Asked asked = new Asked();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100",
      description = "At most so many edges of each kind. Default: ${DEFAULT-VALUE}.")
  private int limit;

  /** One of these. */
  static final class Asked {
    @Parameters(
        arity = "0..1",
        paramLabel = "NODE",
        description = "A name such as Till.openDrawer, a path, a folder/ or an id.")
    private String node = "";

    @Option(
        names = "--path",
        arity = "2",
        paramLabel = "NODE",
        description = "The shortest way from one to another.")
    private List<String> path = new ArrayList<>();

    @Option(names = "--subsystems", description = "All subsystems and what they depend on.")
    private boolean subsystems;
  }

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      Client client = session.client();
      String project = target.project(client);
      GraphText text = new GraphText(common.terminal());
      if (asked.subsystems) {
        GraphSubsystemsView found = client.graphSubsystems(project, tree());
        show(found, () -> text.subsystems(found));
      } else if (!asked.path.isEmpty()) {
        GraphPathView found =
            client.graphPath(project, with("from", asked.path.get(0), "to", asked.path.get(1)));
        show(found, () -> text.path(found));
      } else {
        GraphNodeView found =
            client.graphNode(project, with("id", asked.node, "limit", String.valueOf(limit)));
        show(found, () -> text.node(found));
      }
      return ExitCodes.OK;
    }
  }

  private Map<String, List<String>> tree() {
    return Map.of("tree", List.of(target.tree()));
  }

  private Map<String, List<String>> with(String one, String first, String other, String second) {
    return Map.of("tree", List.of(target.tree()), one, List.of(first), other, List.of(second));
  }

  private void show(Object found, Runnable inWords) {
    if (common.json()) {
      common.print(found);
    } else {
      inWords.run();
    }
  }
}
