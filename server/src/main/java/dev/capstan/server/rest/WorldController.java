package dev.capstan.server.rest;

import dev.capstan.api.Page;
import dev.capstan.api.WorldFile;
import dev.capstan.api.WorldView;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.World;
import dev.capstan.control.records.World.AtWork;
import dev.capstan.core.ProjectId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Step;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.StepState;
import dev.capstan.knowledge.FileRecord;
import dev.capstan.knowledge.index.ProjectIndex;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.knowledge.Indexes;
import dev.capstan.server.knowledge.TreeStates;
import dev.capstan.server.knowledge.TreeStates.TreeState;
import dev.capstan.server.rest.IndexedProjects.Tree;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore.FileChange;
import dev.capstan.workspace.git.GitStore.Resolved;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What a project is like now, read from what its index, its log and the queue say. */
@RestController
@RequestMapping("/api/v1/projects/{project}/world")
public final class WorldController {
  /** Kind, step and number. */
  private static final int ATTEMPT_PARTS = 3;

  private final Workshop workshop;
  private final RunQueries runs;
  private final World world;
  private final Indexes indexes;
  private final IndexedProjects indexed;
  private final TreeStates states;

  public WorldController(Workshop workshop, RunQueries runs, World world, Indexes indexes) {
    this.workshop = workshop;
    this.runs = runs;
    this.world = world;
    this.indexes = indexes;
    this.indexed = new IndexedProjects(workshop.projects(), indexes);
    this.states = new TreeStates(workshop.git());
  }

  /** The indexed trees, what was last measured, and who is at work on what. */
  @Allowed(Scope.READER)
  @GetMapping
  WorldView show(@PathVariable String project) {
    ProjectId id = indexed.known(project).id();
    Optional<Resolved> head = head(id);
    String tip = head.map(found -> found.commit().value()).orElse("");
    return new WorldView(
        id.value(),
        head.map(Resolved::branch).orElse(""),
        tip,
        indexes.find(id).stream()
            .map(ProjectIndex::views)
            .flatMap(views -> views.stream())
            .map(view -> WorldViews.tree(view, states.of(id, view)))
            .toList(),
        workshop.baselines().list(id, Optional.empty(), 1).stream()
            .findFirst()
            .map(known -> WorldViews.baseline(known, tip))
            .orElse(null),
        world.lastVerification(id).map(WorldViews::verification).orElse(null),
        working(id));
  }

  private Optional<Resolved> head(ProjectId project) {
    try {
      return Optional.of(workshop.git().resolve(project, ""));
    } catch (GitFailure _) {
      return Optional.empty();
    }
  }

  private List<WorldView.Working> working(ProjectId project) {
    Map<String, Optional<Run.Known>> known = new HashMap<>();
    return world.atWork(project).stream()
        .map(task ->
            working(
                task,
                known.computeIfAbsent(
                    task.run().value(), _ -> runs.find(task.run()).map(RunQueries.Found::run))))
        .toList();
  }

  /** Of an attempt that has ended since the task was read, its step is not told any more. */
  private static WorldView.Working working(AtWork task, Optional<Run.Known> run) {
    String[] key = task.key().split("/", -1);
    return run.filter(_ -> key.length == ATTEMPT_PARTS)
        .flatMap(WorldController::steps)
        .flatMap(working -> attempt(task, working, new StepId(key[1])))
        .orElseGet(() ->
            new WorldView.Working(
                task.run().value(), task.kind(), "", 0, "", "", List.of(), task.leasedUntil()));
  }

  private static Optional<WorldView.Working> attempt(AtWork task, Run.Working working, StepId id) {
    if (working.progress().of(id) instanceof StepState.InFlight flying) {
      Step step = working.planned(id);
      return Optional.of(
          new WorldView.Working(
              task.run().value(),
              task.kind(),
              id.value(),
              flying.attempt().number(),
              step.title(),
              step.engines().get(flying.attempt().engine()).engine(),
              step.scope().globs(),
              task.leasedUntil()));
    }
    return Optional.empty();
  }

  /** What was under way when a run was paused or blocked still ends. */
  private static Optional<Run.Working> steps(Run.Known run) {
    return switch (run) {
      case Run.Working working -> Optional.of(working);
      case Run.Paused paused -> steps(paused.within());
      case Run.Blocked blocked -> steps(blocked.within());
      case Run.Pending _,
          Run.Preparing _,
          Run.Measuring _,
          Run.Planned _,
          Run.Delivering _,
          Run.Ended _ ->
          Optional.empty();
    };
  }

  /**
   * The files of an indexed tree with the hashes of their contents, by path.
   *
   * @param tree which of the indexed trees; "" for the one that was indexed last
   * @param path only this file, or what is in a folder, which ends in /; "" for all
   */
  @Allowed(Scope.READER)
  @GetMapping("/files")
  Page<WorldFile> files(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String tree,
      @RequestParam(defaultValue = "") String path,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "1000") int limit) {
    Tree found = indexed.tree(project, tree);
    String last = Pages.key(after, 1).map(List::getFirst).orElse("");
    List<FileRecord> files =
        found.view().files().stream()
            .filter(file -> isIn(path, file.path()) && file.path().compareTo(last) > 0)
            .sorted((one, other) -> one.path().compareTo(other.path()))
            .limit(Pages.wanted(limit))
            .toList();
    Set<String> stale = stale(states.of(found.project(), found.view()));
    return Pages.of(
        files,
        limit,
        file -> WorldViews.file(file, stale.contains(file.path())),
        file -> Pages.after(file.path()));
  }

  private static boolean isIn(String wanted, String path) {
    return wanted.isEmpty()
        || path.equals(wanted)
        || (wanted.endsWith("/") && path.startsWith(wanted));
  }

  private static Set<String> stale(TreeState state) {
    return switch (state) {
      case TreeState.Stale(_, var changes) ->
          changes.stream().map(FileChange::path).collect(Collectors.toSet());
      case TreeState.Current _, TreeState.Fixed _, TreeState.Unknown _ -> Set.of();
    };
  }
}
