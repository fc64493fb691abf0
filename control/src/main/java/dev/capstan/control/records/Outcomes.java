package dev.capstan.control.records;

import dev.capstan.core.ProjectId;
import dev.capstan.core.evidence.Outcome;
import java.util.List;

/** What people said of judged changes. */
public interface Outcomes {
  /** Those of a project's latest runs in which a person was asked, the oldest first. */
  List<Outcome> of(ProjectId project);
}
