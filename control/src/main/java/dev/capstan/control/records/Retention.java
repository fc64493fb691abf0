package dev.capstan.control.records;

import java.time.Duration;

/** Deletes what nobody needs any more; never anything of a run that is not over. */
public interface Retention {
  /**
   * How long things are kept after they are over; zero for ever.
   *
   * @param activity what work printed, after the end of its run
   * @param inbox what CI and forges said, after it was settled
   */
  record Ages(Duration activity, Duration inbox) {}

  /** How much was deleted. */
  record Deleted(long activity, long inbox, long requestKeys, long servers, long answers) {
    @Override
    public String toString() {
      return "%d lines of output, %d messages, %d request keys, %d servers, %d answers of models"
          .formatted(activity, inbox, requestKeys, servers, answers);
    }
  }

  Deleted delete(Ages ages);
}
