package dev.capstan.cli.command;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Client;
import dev.capstan.engines.builtin.BuiltInEngine;
import dev.capstan.engines.prompt.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code capstan spec}. */
@Command(
    name = "spec",
    description =
        "Have a specification written before any work: constitution, specification, plan and tasks, as documents in the"
            + " repository. A person approves them; the pull request holds nothing else. When it is merged, capstan run"
            + " --tasks carries them out.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  capstan spec --repo . --goal \"Let customers pay by invoice\" --model small",
      "  capstan run --repo . --goal \"Pay by invoice\" --tasks specs/let-customers-pay-by-invoice/tasks.md --planner small",
      "",
      "Exit codes: 0 completed, 1 failed, 2 wrong usage, 3 a person is needed, 4 cancelled."
    })
final class SpecCommand implements Callable<Integer> {
  private static final int LONGEST_NAME = 50;

  @Mixin private Common common = new Common();

  @Option(
      names = "--repo",
      required = true,
      paramLabel = "PATH_OR_URL",
      description = "The repository.")
  private String repository = "";

  @Option(
      names = "--goal",
      required = true,
      paramLabel = "TEXT",
      description = "What is wanted, in plain words.")
  private String goal = "";

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Who writes, as models.yaml names it.")
  private String model = "";

  @Option(
      names = "--agent",
      paramLabel = "NAME",
      defaultValue = BuiltInEngine.NAME,
      description = "The coding agent that writes. Default: ${DEFAULT-VALUE}.")
  private String agent = BuiltInEngine.NAME;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Of the folder below specs/. Default: derived from the goal.")
  private String name = "";

  @Option(
      names = "--base",
      paramLabel = "REF",
      defaultValue = "",
      description = "Branch, tag or commit to start from. Default: the default branch.")
  private String base = "";

  @Option(
      names = "--project",
      paramLabel = "NAME",
      defaultValue = "",
      description = "Name of the project. Default: derived from the repository.")
  private String project = "";

  @Override
  public Integer call() {
    String folder = "specs/" + (name.isEmpty() ? slug(goal) : slug(name));
    String source = Wish.source(repository);
    String id = RunIds.next();
    return Following.follow(common, client -> create(client, id, source, folder));
  }

  private static String slug(String words) {
    String slug = words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String cut = slug.substring(0, Math.min(LONGEST_NAME, slug.length())).replaceAll("^-+|-+$", "");
    if (cut.isEmpty()) {
      throw new ApiFailure(
          ErrorCode.INVALID, "no name of a folder can be made of \"" + words + "\": give --name");
    }
    return cut;
  }

  private String create(Client client, String id, String source, String folder) {
    client.create(
        new CreateRun(
            id,
            source,
            project,
            goal,
            base,
            new PlanDocument(List.of(step(folder))),
            false,
            0,
            true));
    return id;
  }

  /** One step that touches nothing but the documents, and that a person approves. */
  private StepDocument step(String folder) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "The folder is " + folder + '.',
                "model=" + model,
                "role=" + Role.SPECIFIER.word()));
    return new StepDocument(
        "specify",
        "docs",
        "specify " + folder.substring("specs/".length()),
        "What is to be done is agreed on before it is done.",
        List.of(new EngineDocument(agent, arguments)),
        List.of(),
        0,
        List.of(folder + "/**"),
        List.of(),
        Map.of(),
        List.of(),
        0,
        0,
        0,
        0,
        0,
        false,
        true,
        false);
  }
}
