package dev.capstan.models;

import dev.capstan.models.records.Asker;
import dev.capstan.models.records.CallOutcome;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.Restoring;

/** What the calls of one attempt have in common. Safe for many threads. */
public final class Session {
  /** Calls in a row that no provider answered; agents ask again, some of them for ever. */
  private static final int MOST_FAULTS = 5;

  private final Asker asker;
  private final Redaction redaction;
  private String fault = "";
  private int faults;
  private boolean warned;

  public Session(Asker asker, Redaction redaction) {
    this.asker = asker;
    this.redaction = redaction;
  }

  public Asker asker() {
    return asker;
  }

  Redaction redaction() {
    return redaction;
  }

  Restoring restoring() {
    return new Restoring(redaction);
  }

  synchronized boolean isFirstWarning() {
    boolean first = !warned;
    warned = true;
    return first;
  }

  synchronized void ended(CallOutcome how, String why) {
    switch (how) {
      case ANSWERED -> {
        fault = "";
        faults = 0;
      }
      case FAILED, BROKEN -> {
        fault = why;
        faults++;
      }
      case REFUSED, REJECTED -> fault = why;
      case CUT -> {}
    }
  }

  /** What was wrong with the last call that came to an end; "" if it was answered. */
  public synchronized String fault() {
    return fault;
  }

  /** True once so many calls in a row have failed that one more is no use. */
  synchronized boolean isGivenUp() {
    return faults >= MOST_FAULTS;
  }
}
