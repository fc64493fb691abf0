package dev.capstan.control.records;

import java.time.Duration;

/** Deletes what nobody needs any more; never anything of a run that is not over. */
public interface Retention {
  /**
   * How long things are kept after they are over; zero for ever.
   *
   * @param activity what work printed, after the end of its run
   * @param inbox what CI and forges said, after it was settled
   * @param memories what is remembered of steps, after they ended
   */
  record Ages(Duration activity, Duration inbox, Duration memories) {}

  /** How much was deleted. */
  record Deleted(
      long activity, long inbox, long requestKeys, long servers, long answers, long memories) {
    @Override
    public String toString() {
      return "%d lines of output, %d messages, %d request keys, %d servers, %d answers of models, %d memories"
          .formatted(activity, inbox, requestKeys, servers, answers, memories);
    }
  }

  Deleted delete(Ages ages);
}
