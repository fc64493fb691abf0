package dev.capstan.cli.command;

import dev.capstan.api.IndexProject;
import dev.capstan.api.IndexView;
import dev.capstan.api.IndexView.IndexedTree;
import dev.capstan.api.ProjectView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.LiveBlock;
import dev.capstan.cli.view.Table;
import dev.capstan.cli.view.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan index}. */
@Command(
    name = "index",
    description =
        "Make what is in a repository findable, or bring that up to date: only what changed is read again.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan index .                      register this repository and index its default branch",
      "  capstan index . --work-tree          with what is not committed",
      "  capstan index --project shop --ref release-2",
      "  capstan index --project shop --show  what is indexed; --cancel ends an indexing"
    })
final class IndexCommand implements Callable<Integer> {
  private static final long ASK_EVERY_MILLIS = 200;
  private static final int BAR = 30;

  @Mixin private Common common = new Common();
  @Mixin private ProjectTarget project = new ProjectTarget();

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH_OR_URL",
      description = "A repository, which is registered if it is not. Default: --project.")
  private @Nullable String source;

  @Option(
      names = "--ref",
      paramLabel = "REF",
      defaultValue = "",
      description = "A branch, tag or commit. Default: the default branch.")
  private String ref = "";

  @Option(
      names = "--work-tree",
      description = "The files as they lie in the repository's folder, committed or not.")
  private boolean workTree;

  @Option(
      names = "--no-wait",
      description =
          "Come back when all is found by words and names; vectors then follow while a server runs,"
              + " or next time.")
  private boolean noWait;

  @Option(names = "--show", description = "Only show what is indexed, and how far indexing is.")
  private boolean show;

  @Option(names = "--cancel", description = "End the indexing that is under way.")
  private boolean cancel;

  @Override
  public Integer call() throws InterruptedException {
    try (Session session = common.open(false)) {
      Client client = session.client();
      String name = name(client);
      if (show) {
        return shown(client.index(name));
      }
      if (cancel) {
        return shown(client.cancelIndexing(name));
      }
      client.index(name, new IndexProject(ref, workTree));
      return shown(followed(client, name));
    }
  }

  private String name(Client client) {
    return source == null
        ? project.resolve(client)
        : client.register(new ProjectView("", RepositoryChecks.address(source), 1)).id();
  }

  private IndexView followed(Client client, String name) throws InterruptedException {
    Terminal terminal = common.terminal();
    LiveBlock block = new LiveBlock(terminal);
    IndexView index = client.index(name);
    while (isWaitedFor(index)) {
      if (terminal.isLive() && !common.json()) {
        String what = index.state().equals("embedding") ? " have vectors; all can be found" : "";
        block.draw(List.of(bar(index.filesDone(), index.filesInAll()) + what));
      }
      Thread.sleep(ASK_EVERY_MILLIS);
      index = client.index(name);
    }
    return index;
  }

  private boolean isWaitedFor(IndexView index) {
    return index.state().equals("running") || (index.state().equals("embedding") && !noWait);
  }

  static String bar(int done, int total) {
    int full = total == 0 ? 0 : (int) ((long) BAR * done / total);
    return "[%s%s] %d of %d files".formatted("#".repeat(full), ".".repeat(BAR - full), done, total);
  }

  private int shown(IndexView index) {
    if (common.json()) {
      common.print(index);
    } else {
      Terminal terminal = common.terminal();
      terminal.line(
          "%s: %s%s"
              .formatted(
                  index.project(),
                  index.state(),
                  index.detail().isEmpty() ? "" : ": " + Terminal.visible(index.detail())));
      Table table = new Table("TREE", "COMMIT", "FILES", "FOUND IN", "INDEXED");
      index.trees().forEach(tree -> row(table, tree));
      table.lines().forEach(terminal::line);
    }
    return index.state().equals("failed") ? ExitCodes.FAILED : ExitCodes.OK;
  }

  private static void row(Table table, IndexedTree tree) {
    String commit = tree.commit().isEmpty() ? "-" : tree.commit().substring(0, 10);
    table.row(
        Terminal.visible(tree.name()),
        commit,
        String.valueOf(tree.files()),
        String.valueOf(tree.found()),
        tree.indexedAt().toString());
  }
}
