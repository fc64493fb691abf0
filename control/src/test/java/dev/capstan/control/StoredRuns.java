package dev.capstan.control;

import dev.capstan.control.records.Place;
import dev.capstan.control.records.RunQueries;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds what a {@link MemoryEventStore} holds. */
record StoredRuns(MemoryEventStore store) implements RunQueries {
  @Override
  public Optional<Found> find(RunId run) {
    EventStore.Versioned stored = store.run(run);
    return stored.run() instanceof Run.Known known
        ? Optional.of(new Found(known, stored.version(), Commands.NOW, Commands.NOW))
        : Optional.empty();
  }

  @Override
  public List<Summary> list(Wanted wanted, Optional<Place> after, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean exists(RunId run) {
    return find(run).isPresent();
  }

  @Override
  public boolean happened(RunId run, String causation) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Recorded> events(RunId run, long afterVersion, int most) {
    List<EventStore.Entry> entries = store.entries(run);
    List<Recorded> recorded = new ArrayList<>();
    for (int i = (int) afterVersion; i < Math.min(entries.size(), afterVersion + most); i++) {
      recorded.add(
          new Recorded(
              i + 1, run, i + 1, "", entries.get(i).event(), "", Commands.NOW, "", "", ""));
    }
    return recorded;
  }

  @Override
  public LogPage log(long afterPosition, int most) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long logEnd() {
    throw new UnsupportedOperationException();
  }

  @Override
  public void awaitChange(long seen, Duration atMost) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long changeCount() {
    throw new UnsupportedOperationException();
  }
}
