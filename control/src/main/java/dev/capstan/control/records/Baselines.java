package dev.capstan.control.records;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.core.run.Baseline;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What was measured of commits, once for each commit and way of measuring. */
public interface Baselines {
  /** One of them. */
  record Known(CommitId commit, Baseline baseline, Instant measuredAt) {
    /** Where it stands in the list. */
    public Place place() {
      return new Place(measuredAt, commit.value() + ' ' + baseline.recipe());
    }
  }

  /**
   * The baseline of that commit.
   *
   * @param recipe a hash of the commands it was measured with
   */
  Optional<Baseline> find(ProjectId project, CommitId commit, String recipe);

  /** Keeps a baseline; the first one for a commit and recipe stays. */
  void keep(ProjectId project, CommitId commit, Baseline baseline);

  /** Newest first, from behind that place on; an id is that of {@link Known#place}. */
  List<Known> list(ProjectId project, Optional<Place> after, int most);
}
