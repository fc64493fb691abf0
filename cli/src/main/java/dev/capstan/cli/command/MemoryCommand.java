package dev.capstan.cli.command;

import dev.capstan.api.MemoryReuseView;
import dev.capstan.api.MemorySearchView;
import dev.capstan.api.MemoryView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.MemoryText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code capstan memory}. */
@Command(
    name = "memory",
    description = "Show what is remembered of finished steps, and have it forgotten.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan memory list --project shop",
      "  capstan memory search rename a class",
      "  capstan memory show 12",
      "  capstan memory forget 12 13"
    },
    subcommands = {
      MemoryCommand.Listing.class,
      MemoryCommand.Search.class,
      MemoryCommand.Show.class,
      MemoryCommand.Forget.class
    })
final class MemoryCommand implements Callable<Integer> {
  @Mixin private Common common = new Common();
  @Mixin private ProjectTarget target = new ProjectTarget();

  /** Without a subcommand it lists them. */
  @Override
  public Integer call() {
    return list(common, target, 20);
  }

  /** What {@code list --json} prints. */
  record Listed(MemoryReuseView reuse, List<MemoryView> memories) {
    Listed {
      memories = List.copyOf(memories);
    }
  }

  private static int list(Common common, ProjectTarget target, int limit) {
    try (Session session = common.open(false)) {
      Client client = session.client();
      String project = target.resolve(client);
      List<MemoryView> memories = client.memories(project, limit);
      MemoryReuseView reuse = client.memoryReuse(project);
      if (common.json()) {
        common.print(new Listed(reuse, memories));
      } else {
        new MemoryText(common.terminal()).list(memories, reuse);
      }
      return ExitCodes.OK;
    }
  }

  /** {@code capstan memory list}. */
  @Command(name = "list", description = "What is remembered, newest first, and its use so far.")
  static final class Listing implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget target = new ProjectTarget();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "20",
        description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
      return list(common, target, limit);
    }
  }

  /** {@code capstan memory search}. */
  @Command(name = "search", description = "Steps like one that is to be done, the likest first.")
  static final class Search implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget target = new ProjectTarget();

    @Parameters(arity = "1..*", paramLabel = "WORD", description = "What is to be done.")
    private List<String> words = new ArrayList<>();

    @Option(
        names = "--limit",
        paramLabel = "N",
        defaultValue = "10",
        description = "At most so many. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        Client client = session.client();
        MemorySearchView found =
            client.searchMemories(
                target.resolve(client),
                Map.of(
                    "q",
                    List.of(String.join(" ", words)),
                    "limit",
                    List.of(String.valueOf(limit))));
        if (common.json()) {
          common.print(found);
        } else {
          new MemoryText(common.terminal()).found(found);
        }
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan memory show}. */
  @Command(name = "show", description = "Everything that is remembered of one step.")
  static final class Show implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget target = new ProjectTarget();

    @Parameters(paramLabel = "ID", description = "As list and search have it.")
    private String id = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        Client client = session.client();
        MemoryView memory = client.memory(target.resolve(client), id);
        if (common.json()) {
          common.print(memory);
        } else {
          new MemoryText(common.terminal()).whole(memory);
        }
        return ExitCodes.OK;
      }
    }
  }

  /** {@code capstan memory forget}. */
  @Command(
      name = "forget",
      description = "Delete what is remembered of steps, for ever. Their runs stay as they are.")
  static final class Forget implements Callable<Integer> {
    @Mixin private Common common = new Common();
    @Mixin private ProjectTarget target = new ProjectTarget();

    @Parameters(arity = "1..*", paramLabel = "ID", description = "As list and search have them.")
    private List<String> ids = new ArrayList<>();

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        Client client = session.client();
        String project = target.resolve(client);
        List<MemoryView> gone = new ArrayList<>();
        for (String id : ids) {
          gone.add(client.forgetMemory(project, id));
        }
        if (common.json()) {
          common.print(gone);
        } else {
          gone.forEach(memory -> common.terminal().line("forgotten: memory " + memory.id()));
        }
        return ExitCodes.OK;
      }
    }
  }
}
