package dev.capstan.server.knowledge;

import dev.capstan.control.codec.EventCodec;
import dev.capstan.control.records.Experience.Ended;
import dev.capstan.control.records.Memories;
import dev.capstan.control.records.Memories.Episode;
import dev.capstan.control.records.Memories.Tried;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.LogPage;
import dev.capstan.control.records.RunQueries.Logged;
import dev.capstan.control.story.RunStory;
import dev.capstan.control.story.StepStory;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import dev.capstan.models.secrecy.SecretFinder;
import dev.capstan.workspace.git.GitStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the log of all runs and remembers each step that has ended. How far it has come is
 * recorded in the transaction that remembers, so a crash loses nothing; and to read on from an
 * earlier place writes the same again.
 */
public final class MemoryKeeper {
  private static final int PAGE = 500;

  private final RunQueries runs;
  private final Memories memories;
  private final Episodes episodes;

  public MemoryKeeper(RunQueries runs, Memories memories, GitStore git, SecretFinder secrets) {
    this.runs = runs;
    this.memories = memories;
    this.episodes = new Episodes(git, secrets);
  }

  /** Reads on to the end of the log; returns how many steps were remembered. */
  public synchronized int keepUp() {
    int kept = 0;
    long after = memories.progress();
    while (!Thread.currentThread().isInterrupted()) {
      LogPage page = runs.log(after, PAGE);
      if (page.through() == after) {
        break;
      }
      kept += keep(page);
      after = page.through();
    }
    return kept;
  }

  private int keep(LogPage page) {
    List<Episode> ended = new ArrayList<>();
    List<Tried> tried = new ArrayList<>();
    ended(page).forEach((run, steps) -> add(run, steps, ended, tried));
    memories.keep(ended, tried, page.through());
    return ended.size();
  }

  private static Map<RunId, Set<StepId>> ended(LogPage page) {
    Map<RunId, Set<StepId>> ended = new LinkedHashMap<>();
    for (Logged logged : page.events()) {
      List<StepId> steps = ended(EventCodec.read(logged.type(), logged.data()));
      if (!steps.isEmpty()) {
        ended.computeIfAbsent(logged.run(), _ -> new HashSet<>()).addAll(steps);
      }
    }
    return ended;
  }

  private static List<StepId> ended(RunEvent event) {
    return switch (event) {
      case RunEvent.StepCompleted(var step, _) -> List.of(step);
      case RunEvent.Integrated(_, var steps) -> steps;
      case RunEvent.StepBlocked(var step, _) -> List.of(step);
      case RunEvent.StepFailed(var step, _) -> List.of(step);
      case RunEvent _ -> List.of();
    };
  }

  /** As the whole log tells it by now, which may be more than the page. */
  private void add(RunId run, Set<StepId> steps, List<Episode> ended, List<Tried> tried) {
    RunStory story = RunStory.read(runs, run).orElseThrow();
    Map<StepId, StepStory> told = new LinkedHashMap<>();
    story.steps().forEach(step -> told.put(step.step().id(), step));
    for (Ended ending : story.endings()) {
      StepStory step = told.get(ending.step().id());
      if (step != null && steps.contains(step.step().id()) && !step.attempts().isEmpty()) {
        ended.add(episodes.of(story, step, ending));
        tried.addAll(Episodes.tried(run, step, ending.completed()));
      }
    }
  }
}
