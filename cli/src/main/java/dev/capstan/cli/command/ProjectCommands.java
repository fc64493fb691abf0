package dev.capstan.cli.command;

import dev.capstan.api.CheckProject;
import dev.capstan.api.ProjectCheckView;
import dev.capstan.api.ProjectView;
import dev.capstan.cli.session.Session;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What is done with repositories: look, register, make ready. */
final class ProjectCommands {
  private ProjectCommands() {}

  private static int end(Common common, List<ProjectCheckView> found) {
    if (common.json()) {
      common.print(found);
    }
    return found.stream().allMatch(ProjectCheckView::usable) ? ExitCodes.OK : ExitCodes.FAILED;
  }

  /** {@code capstan projects check}. */
  @Command(
      name = "check",
      description =
          "Say whether repositories can be worked on, and if not, what to do. Exit code 1 if one can't.")
  static final class Check implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(arity = "1..*", paramLabel = "PATH_OR_URL", description = "The repositories.")
    private List<String> sources = List.of();

    @Option(
        names = "--base",
        paramLabel = "REF",
        defaultValue = "",
        description = "Branch, tag or commit. Default: the default branch.")
    private String base = "";

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        List<CheckProject> requests =
            sources.stream()
                .map(one -> new CheckProject("", RepositoryChecks.address(one), base))
                .toList();
        List<ProjectCheckView> found = new RepositoryChecks(session.client(), common).of(requests);
        return end(common, found);
      }
    }
  }

  /** {@code capstan projects add}. */
  @Command(
      name = "add",
      description =
          "Check repositories and register those that can be worked on. Exit code 1 if one can't.")
  static final class Add implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(arity = "1..*", paramLabel = "PATH_OR_URL", description = "The repositories.")
    private List<String> sources = List.of();

    @Option(
        names = "--slots",
        paramLabel = "N",
        defaultValue = "1",
        description = "How many runs of each may be active at once. Default: ${DEFAULT-VALUE}.")
    private int slots;

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        List<CheckProject> requests =
            sources.stream()
                .map(one -> new CheckProject("", RepositoryChecks.address(one), ""))
                .toList();
        List<ProjectCheckView> found = new RepositoryChecks(session.client(), common).of(requests);
        found.stream()
            .filter(ProjectCheckView::usable)
            .forEach(one ->
                session.client().register(new ProjectView(one.project(), one.source(), slots)));
        return end(common, found);
      }
    }
  }

  /** {@code capstan projects prepare}. */
  @Command(
      name = "prepare",
      description =
          "Fetch registered repositories, a few at once with three tries each, and check them. Exit code 1 if one fails.")
  static final class Prepare implements Callable<Integer> {
    @Mixin private Common common = new Common();

    @Parameters(
        arity = "0..*",
        paramLabel = "PROJECT",
        description = "Their names. Default: all that are registered.")
    private List<String> names = List.of();

    @Override
    public Integer call() {
      try (Session session = common.open(false)) {
        Set<String> wanted =
            names.isEmpty()
                ? session.client().projects().stream()
                    .map(ProjectView::id)
                    .collect(Collectors.toSet())
                : Set.copyOf(names);
        List<ProjectCheckView> found =
            new RepositoryChecks(session.client(), common)
                .of(wanted.stream().sorted().map(one -> new CheckProject(one, "", "")).toList());
        return end(common, found);
      }
    }
  }
}
