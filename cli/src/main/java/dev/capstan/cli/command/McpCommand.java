package dev.capstan.cli.command;

import dev.capstan.api.ProjectView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan mcp}. */
@Command(
    name = "mcp",
    description =
        "Give a coding agent tools to find code in indexed projects, over the Model Context Protocol on standard"
            + " input and output. The agent starts it; nothing but the protocol is printed.",
    footerHeading =
        "%nAdd it to an agent, in the folder of a repository that capstan index has indexed:%n",
    footer = {
      "  claude mcp add capstan -- capstan mcp",
      "  codex mcp add capstan -- capstan mcp",
      "  gemini mcp add capstan capstan mcp",
      "",
      "For a server elsewhere, with $CAPSTAN_TOKEN set or after capstan login:",
      "  claude mcp add capstan -- capstan mcp --server https://capstan.example.org --project shop"
    })
final class McpCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();

  @Option(
      names = {"-p", "--project"},
      paramLabel = "NAME",
      defaultValue = "",
      description =
          "What is meant where the agent names no project. Default: the one whose repository is this folder.")
  private String project = "";

  @Override
  public Integer call() throws IOException, InterruptedException {
    try (Session session = common.open(common.settings().mcp().runs(), _ -> {})) {
      Client client = session.client();
      String meant = project.isEmpty() ? here(client) : project;
      new McpRelay(message -> client.mcp(meant, message), System.out).carry(System.in);
      return ExitCodes.OK;
    }
  }

  /** The project of this folder, or of one around it; "" if there is none. */
  private static String here(Client client) {
    Path folder = Path.of("").toAbsolutePath();
    return client.projects().stream()
        .filter(one -> one.source().startsWith("/") && folder.startsWith(one.source()))
        .map(ProjectView::id)
        .findFirst()
        .orElse("");
  }
}
