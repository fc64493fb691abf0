package dev.capstan.server.rest;

import dev.capstan.api.MemoryReuseView;
import dev.capstan.api.MemorySearchView;
import dev.capstan.api.MemoryView;
import dev.capstan.api.Page;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Memories;
import dev.capstan.control.records.Memories.Memory;
import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.knowledge.Recollection;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What is remembered of a project's finished steps. */
@RestController
@RequestMapping("/api/v1/projects/{project}/memories")
public final class MemoryController {
  private static final int MOST_HITS = 100;
  private static final int LONGEST_QUESTION = 4_000;

  private final Projects projects;
  private final Memories memories;
  private final Recollection recollection;

  public MemoryController(Projects projects, Memories memories, Recollection recollection) {
    this.projects = projects;
    this.memories = memories;
    this.recollection = recollection;
  }

  /** What is remembered, newest first. */
  @Allowed(Scope.READER)
  @GetMapping
  Page<MemoryView> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    return Pages.of(
        memories.list(known(project), Pages.place(after), Pages.wanted(limit)),
        limit,
        MemoryViews::memory,
        memory -> Pages.after(memory.place()));
  }

  /**
   * What is remembered of steps like the one that is described, by its words and by its meaning.
   *
   * @param q what is to be done
   */
  @Allowed(Scope.READER)
  @GetMapping("/search")
  MemorySearchView search(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "10") int limit) {
    ProjectId id = known(project);
    if (q.isBlank() || q.length() > LONGEST_QUESTION) {
      throw ApiException.invalid(
          "q is a text of 1 to " + LONGEST_QUESTION + " characters, not of " + q.length());
    }
    return MemoryViews.search(id, recollection.search(id, q, Math.clamp(limit, 1, MOST_HITS)));
  }

  /** How much memory was of use. */
  @Allowed(Scope.READER)
  @GetMapping("/reuse")
  MemoryReuseView reuse(@PathVariable String project) {
    ProjectId id = known(project);
    return MemoryViews.reuse(id, memories.reuse(id));
  }

  /** What is remembered of one step. */
  @Allowed(Scope.READER)
  @GetMapping("/{memory}")
  MemoryView show(@PathVariable String project, @PathVariable String memory) {
    return MemoryViews.memory(find(known(project), memory));
  }

  /** Deletes what is remembered of a step, for ever; the run's log stays. */
  @Allowed(Scope.MAINTAINER)
  @DeleteMapping("/{memory}")
  MemoryView forget(@PathVariable String project, @PathVariable String memory) {
    ProjectId id = known(project);
    Memory found = find(id, memory);
    if (!memories.forget(id, found.id())) {
      throw absent(id, memory);
    }
    return MemoryViews.memory(found);
  }

  private Memory find(ProjectId project, String name) {
    try {
      return memories.find(project, Long.parseLong(name)).orElseThrow(() -> absent(project, name));
    } catch (NumberFormatException _) {
      throw absent(project, name);
    }
  }

  private static ApiException absent(ProjectId project, String name) {
    return ApiException.notFound("project " + project + " has no memory " + name);
  }

  private ProjectId known(String project) {
    return WantedProject.of(projects, project, "").id();
  }
}
