package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;

/** Whether projects' sources could be reached. */
public interface ProjectHealth {
  /**
   * How one was found.
   *
   * @param detail in words; what is wrong, if it is not well
   */
  record Health(boolean well, String detail, Instant checkedAt) {}

  void record(ProjectId project, boolean well, String detail);

  /** Of those that were looked at. */
  Map<ProjectId, Health> of(Collection<ProjectId> projects);
}
