package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import java.util.List;
import java.util.Optional;

/** The registered repositories. */
public interface Projects {
  /**
   * One of them.
   *
   * @param source a URL or an absolute path
   * @param slots how many of its runs may be active at once
   */
  record Project(ProjectId id, String source, int slots) {}

  /** Registers a project, or changes its source and slots. */
  void register(Project project);

  Optional<Project> find(ProjectId id);

  /** Those after that id, by id. */
  List<Project> list(String after, int most);
}
