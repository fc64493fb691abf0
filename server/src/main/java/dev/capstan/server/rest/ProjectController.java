package dev.capstan.server.rest;

import dev.capstan.api.Page;
import dev.capstan.api.ProjectView;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.ProjectHealth;
import dev.capstan.control.records.ProjectHealth.Health;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The registered repositories. */
@RestController
@RequestMapping("/api/v1/projects")
public final class ProjectController {
  private final Projects projects;
  private final ProjectHealth health;

  public ProjectController(Projects projects, ProjectHealth health) {
    this.projects = projects;
    this.health = health;
  }

  /** The registered repositories, by id. */
  @Allowed(Scope.READER)
  @GetMapping
  Page<ProjectView> list(
      @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "50") int limit) {
    String last = Pages.key(after, 1).map(List::getFirst).orElse("");
    List<Project> found = projects.list(last, Pages.wanted(limit));
    Map<ProjectId, Health> known = health.of(found.stream().map(Project::id).toList());
    return Pages.of(
        found,
        limit,
        project -> view(project, Optional.ofNullable(known.get(project.id()))),
        project -> Pages.after(project.id().value()));
  }

  /** Registers a repository, or changes its slots; an empty id is derived from the source. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping
  ProjectView register(@RequestBody ProjectView request) {
    Bodies.complete(request);
    if (request.source().isBlank()) {
      throw ApiException.invalid("a project needs a source: a URL or an absolute path");
    }
    if (request.slots() < 1) {
      throw ApiException.invalid("a project has at least 1 slot");
    }
    ProjectId id =
        request.id().isEmpty()
            ? RunCreation.derived(projects.home(), request.source())
            : new ProjectId(request.id());
    if (projects.find(id).isEmpty()) {
      RunCreation.requireFree(projects, id);
    }
    Project project = new Project(id, request.source(), request.slots());
    projects.register(project);
    return view(project, Optional.ofNullable(health.of(List.of(id)).get(id)));
  }

  private static ProjectView view(Project project, Optional<Health> health) {
    return new ProjectView(
        project.id().value(),
        project.source(),
        project.slots(),
        health.map(ProjectController::inWords).orElse(""));
  }

  private static String inWords(Health health) {
    return (health.well() ? "well" : "failing")
        + " ("
        + health.checkedAt()
        + "): "
        + health.detail();
  }
}
