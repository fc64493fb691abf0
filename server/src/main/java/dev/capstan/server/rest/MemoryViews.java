package dev.capstan.server.rest;

import dev.capstan.api.MemoryReuseView;
import dev.capstan.api.MemorySearchView;
import dev.capstan.api.MemoryView;
import dev.capstan.control.records.Memories.Action;
import dev.capstan.control.records.Memories.Ending;
import dev.capstan.control.records.Memories.Episode;
import dev.capstan.control.records.Memories.Memory;
import dev.capstan.control.records.Memories.Reuse;
import dev.capstan.control.records.Memories.Situation;
import dev.capstan.core.ProjectId;
import dev.capstan.server.knowledge.Recollection.Hit;
import java.util.List;

/** Shows what is remembered. */
final class MemoryViews {
  private static final double MILLIS = 1_000;

  private MemoryViews() {}

  static MemoryView memory(Memory memory) {
    Episode episode = memory.episode();
    return new MemoryView(
        memory.id(),
        episode.project().value(),
        episode.run().value(),
        episode.step().value(),
        episode.at(),
        situation(episode.situation()),
        action(episode.action()),
        outcome(memory),
        memory.offered(),
        memory.passed(),
        memory.failed());
  }

  private static MemoryView.Situation situation(Situation situation) {
    return new MemoryView.Situation(
        situation.goal(),
        situation.title(),
        situation.reason(),
        situation.kind(),
        situation.scope());
  }

  private static MemoryView.Action action(Action action) {
    return new MemoryView.Action(
        action.engine(),
        action.work(),
        action.change().files(),
        action.change().linesAdded(),
        action.change().linesDeleted(),
        action.files());
  }

  private static MemoryView.Outcome outcome(Memory memory) {
    Ending ending = memory.episode().ending();
    return new MemoryView.Outcome(
        ending.completed() ? "completed" : "given up",
        ending.evidence(),
        ending.failures(),
        ending.attempts(),
        ending.took().toMillis() / MILLIS,
        memory.cost().tokens(),
        memory.cost().microDollars().map(Dollars::of).orElse("unknown"));
  }

  static MemorySearchView search(ProjectId project, List<Hit> hits) {
    return new MemorySearchView(
        project.value(),
        hits.stream()
            .map(hit -> new MemorySearchView.Hit(memory(hit.memory()), hit.score(), hit.parts()))
            .toList());
  }

  static MemoryReuseView reuse(ProjectId project, Reuse reuse) {
    return new MemoryReuseView(
        project.value(),
        reuse.memories(),
        reuse.plannings().asked(),
        reuse.plannings().offered(),
        reuse.attempts().all().asked(),
        reuse.attempts().all().offered(),
        reuse.attempts().endedWith(),
        reuse.attempts().passedWith(),
        reuse.attempts().endedWithout(),
        reuse.attempts().passedWithout());
  }
}
