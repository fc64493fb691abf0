package dev.capstan.server.rest;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.ErrorCode;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.control.story.RunStory;
import dev.capstan.core.CommitId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Progress;
import dev.capstan.core.run.Run;
import dev.capstan.verification.frozen.JudgeFiles;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Plans the run that takes back what another one has delivered. */
public final class Reversion {
  private static final int LONGEST_TITLE = 200;

  private final Workshop workshop;

  public Reversion(Workshop workshop) {
    this.workshop = workshop;
  }

  /** Looks at the source as it is now, so it is fetched. */
  CreateRun request(String delivered, String id, boolean start) throws InterruptedException {
    RunStory story =
        RunStory.read(workshop.runs(), new RunId(delivered))
            .orElseThrow(() -> ApiException.notFound("there is no run " + delivered));
    Run.Known run = story.run();
    if (!(run instanceof Run.Ended(_, Run.Outcome.Delivered _, _))) {
      throw conflict(
          "run "
              + delivered
              + " has delivered nothing that could be taken back; it is "
              + run.status().name().toLowerCase(Locale.ROOT));
    }
    CommitId base = story.base().map(Run.Base::commit).orElseThrow();
    CommitId tip = story.progress().map(Progress::tip).orElseThrow();
    List<CommitId> landed = landed(run, base, tip);
    return new CreateRun(
        id,
        "",
        run.brief().project().value(),
        title(run),
        "",
        new PlanDocument(List.of(step(run, landed, paths(run, base, tip)))),
        false,
        0,
        start);
  }

  /** The commits of the default branch that make the run's change. */
  private List<CommitId> landed(Run.Known run, CommitId base, CommitId tip)
      throws InterruptedException {
    Project project =
        workshop
            .projects()
            .find(run.brief().project())
            .orElseThrow(() -> ApiException.notFound("the run's project is gone"));
    GitStore git = workshop.git();
    git.mirror(project.id(), project.source());
    Resolved today = git.resolve(project.id(), "");
    List<CommitId> landed = git.landed(project.id(), base, tip, today.commit());
    if (landed.isEmpty()) {
      throw conflict(
          "the change of run "
              + run.brief().run()
              + " is not in "
              + (today.branch().isEmpty() ? "the default branch" : today.branch())
              + " of "
              + project.source()
              + ", so there is nothing to take back; close its pull request instead, or merge it"
              + " first");
    }
    return landed;
  }

  private List<String> paths(Run.Known run, CommitId base, CommitId tip) {
    return workshop.git().changes(run.brief().project(), base, tip).stream()
        .map(FileChange::path)
        .toList();
  }

  private static StepDocument step(Run.Known run, List<CommitId> landed, List<String> paths) {
    return new StepDocument(
        "revert",
        "revert",
        title(run),
        "Takes back what run " + run.brief().run() + " has changed.\n\n" + reverts(landed),
        List.of(EngineDocument.command(command(landed))),
        List.of(),
        0,
        paths.stream().map(Reversion::glob).toList(),
        paths.stream()
            .filter(path -> JudgeFiles.kindOf(path).isPresent())
            .map(Reversion::glob)
            .toList(),
        Map.of(),
        List.of(),
        0,
        0,
        0,
        1,
        1,
        false,
        false,
        false);
  }

  private static String reverts(List<CommitId> landed) {
    StringBuilder lines = new StringBuilder();
    landed
        .reversed()
        .forEach(commit -> lines.append("This reverts commit ").append(commit).append(".\n"));
    return lines.toString().strip();
  }

  /** The newest first, as they lie on top of one another. */
  private static List<String> command(List<CommitId> landed) {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "safe.directory=*", "revert", "--no-commit"));
    landed.reversed().forEach(commit -> command.add(commit.value()));
    return command;
  }

  private static String title(Run.Known run) {
    String goal = run.brief().goal().lines().findFirst().orElse("").strip();
    String cut = goal.length() <= LONGEST_TITLE ? goal : goal.substring(0, LONGEST_TITLE - 1) + "…";
    return "Revert \"" + cut + '"';
  }

  /** Bytes that are not UTF-8 stand as {@code \377}; neither they nor a backslash fit a glob. */
  private static String glob(String path) {
    return path.replaceAll("(?:\\\\[0-7]{3})+", "*").replace('\\', '?');
  }

  private static ApiException conflict(String message) {
    return new ApiException(ErrorCode.CONFLICT, message);
  }
}
