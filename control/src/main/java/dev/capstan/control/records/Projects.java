package dev.capstan.control.records;

import dev.capstan.control.access.OrganisationId;
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

  /** To whom a project belongs that is registered here. */
  OrganisationId home();

  /** Whose a project is, be it visible or not; empty if the name is free. */
  Optional<OrganisationId> ownerOf(ProjectId id);

  /**
   * Throws {@link IllegalArgumentException} if whoever asks may not have that repository looked at.
   */
  void admit(String source);

  /**
   * Registers a project, or changes its source and slots. Throws {@link IllegalArgumentException}
   * if the name is taken by one that is not visible.
   */
  void register(Project project);

  Optional<Project> find(ProjectId id);

  /** Those after that id, by id. */
  List<Project> list(String after, int most);
}
