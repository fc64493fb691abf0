package dev.capstan.models.cache;

import dev.capstan.core.RunId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Answers from recordings, in the place of every provider. A run that asks the same several times
 * hears what was answered each time, and from then on the last of it. Safe for many threads.
 */
public final class Replay {
  private final Recordings recordings;
  private final Map<Asked, Integer> times = new ConcurrentHashMap<>();

  private record Asked(RunId run, String promptHash, boolean streams) {}

  public Replay(Recordings recordings) {
    this.recordings = recordings;
  }

  /** Empty if nothing was recorded for that prompt in that form. */
  public Optional<KeptAnswer> next(RunId run, String promptHash, boolean streams) {
    List<KeptAnswer> known =
        recordings.of(promptHash).stream().filter(each -> each.streams() == streams).toList();
    if (known.isEmpty()) {
      return Optional.empty();
    }
    int time = times.merge(new Asked(run, promptHash, streams), 1, Integer::sum);
    return Optional.of(known.get(Math.min(time, known.size()) - 1));
  }
}
