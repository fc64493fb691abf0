package dev.capstan.cli.command;

import dev.capstan.api.WorldFile;
import dev.capstan.api.WorldView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.WorldText;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan world}. */
@Command(
    name = "world",
    description =
        "Show what a project is like now: its files, what was last measured, who is at work on what.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan world shop",
      "  capstan world shop --files src/         each file with the hash of its content",
      "  capstan world shop --files              all of them"
    })
final class WorldCommand implements Callable<Integer> {
  private static final String NO_FILES = "no files";

  @Mixin private Common common = new Common();

  @Parameters(
      arity = "0..1",
      paramLabel = "PROJECT",
      defaultValue = "",
      description = "Default: the only one that is registered.")
  private String project = "";

  @Option(
      names = "--files",
      arity = "0..1",
      paramLabel = "PATH",
      defaultValue = NO_FILES,
      fallbackValue = "",
      description = "Its files instead: one, or those of a folder, which ends in /, or all.")
  private String files = NO_FILES;

  @Option(
      names = "--tree",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Files of which indexed tree. Default: the one that was indexed last.")
  private String tree = "";

  @Override
  public Integer call() {
    try (Session session = common.open(false)) {
      Client client = session.client();
      String name = ProjectTarget.resolve(client, project);
      WorldText text = new WorldText(common.terminal());
      if (files.equals(NO_FILES)) {
        WorldView world = client.world(name);
        show(world, () -> text.world(world));
      } else {
        List<WorldFile> found =
            client.worldFiles(
                name,
                Map.of("path", List.of(files), "tree", List.of(tree), "limit", List.of("1000")));
        show(found, () -> text.files(found));
      }
      return ExitCodes.OK;
    }
  }

  private void show(Object found, Runnable inWords) {
    if (common.json()) {
      common.print(found);
    } else {
      inWords.run();
    }
  }
}
