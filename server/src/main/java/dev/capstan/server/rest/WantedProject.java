package dev.capstan.server.rest;

import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.ProjectId;
import java.util.Optional;

/** The project that a request is about, which need not be registered. */
final class WantedProject {
  private WantedProject() {}

  /**
   * Throws {@link ApiException} if it is not known and has no source.
   *
   * @param name of the project; "" derives it from the source
   * @param source a URL or an absolute path; "" if the project is registered
   */
  static Project of(Projects registered, String name, String source) {
    if (!name.isEmpty()) {
      ProjectId id = new ProjectId(name);
      Optional<Project> known = registered.find(id);
      if (known.isPresent()) {
        return known.get();
      }
      if (source.isBlank()) {
        throw ApiException.notFound("there is no project " + id);
      }
      return wanted(registered, id, source);
    }
    if (source.isBlank()) {
      throw ApiException.invalid("name a project or its source: a URL or an absolute path");
    }
    ProjectId id = RunCreation.derived(registered.home(), source);
    return registered.find(id).orElseGet(() -> wanted(registered, id, source));
  }

  private static Project wanted(Projects registered, ProjectId id, String source) {
    RunCreation.requireFree(registered, id);
    registered.admit(source);
    return new Project(id, source, 1);
  }
}
