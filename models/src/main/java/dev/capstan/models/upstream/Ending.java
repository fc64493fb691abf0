package dev.capstan.models.upstream;

import org.jspecify.annotations.Nullable;

/** Lets another thread end a call, whatever it waits for. */
public final class Ending {
  private @Nullable Runnable way;
  private boolean ended;

  /** How it is ended from now on; at once, if it is ended already. */
  public synchronized void by(Runnable cut) {
    way = cut;
    if (ended) {
      cut.run();
    }
  }

  public void end() {
    Runnable cut;
    synchronized (this) {
      ended = true;
      cut = way;
    }
    if (cut != null) {
      cut.run();
    }
  }

  public synchronized boolean isEnded() {
    return ended;
  }
}
