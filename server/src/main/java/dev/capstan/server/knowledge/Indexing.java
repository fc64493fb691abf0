package dev.capstan.server.knowledge;

import dev.capstan.knowledge.index.Progress;
import dev.capstan.knowledge.index.Update;
import dev.capstan.knowledge.vectors.VectorsUnavailable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One indexing, seen from outside while it goes on. Safe for many threads. */
public final class Indexing implements Progress {
  private volatile State state = new State(Phase.RUNNING, 0, 0, "");
  private volatile boolean cancelled;

  /** Why vectors are missing, if that is why it ended without them. */
  private volatile String outage = "";

  private @Nullable Thread thread;

  Indexing() {}

  /** Where it is. */
  public enum Phase {
    RUNNING,
    /** All is found by its words; vectors follow. */
    EMBEDDING,
    DONE,
    CANCELLED,
    FAILED
  }

  /**
   * How far it is.
   *
   * @param done so many files were looked at
   * @param total 0 while that is not known
   * @param detail what it did, or why it failed
   */
  public record State(Phase phase, int done, int total, String detail) {}

  public State state() {
    State now = state;
    String missing = outage;
    return missing.isEmpty()
        ? now
        : new State(
            now.phase(),
            now.done(),
            now.total(),
            now.detail() + "; vectors are missing: " + missing);
  }

  public void cancel() {
    cancelled = true;
  }

  boolean isRunning() {
    return state.phase() == Phase.RUNNING;
  }

  void start(Runnable work) {
    thread = Thread.ofPlatform().daemon().name("indexing").start(work);
  }

  /** Of files, first those that were looked at, then those that were embedded. */
  @Override
  public boolean goesOn(int done, int total) {
    State last = state;
    state = new State(last.phase(), done, total, last.detail());
    return !cancelled;
  }

  void found(Update update) {
    String detail =
        "%d files, of which %d were parsed; %d contents were removed"
            .formatted(update.files(), update.parsed(), update.removed());
    String broken =
        update.quarantined() == 0
            ? ""
            : "; %d could not be parsed and are cut by lines".formatted(update.quarantined());
    state = new State(Phase.EMBEDDING, 0, 0, detail + broken);
  }

  void done() {
    State last = state;
    state = new State(Phase.DONE, last.done(), last.total(), last.detail());
  }

  /** Makes room for another one: what was not embedded yet will be by that. */
  void end() {
    cancel();
    await();
  }

  /** All is found by its words; vectors can be made up for. */
  void doneWithoutVectors(VectorsUnavailable away) {
    outage = String.valueOf(away.getMessage());
    done();
  }

  /** True if it is over, and vectors are missing since their store was away. */
  boolean lacksVectors() {
    return !outage.isEmpty();
  }

  /** Goes on with what is missing. */
  void resume(Runnable work) {
    outage = "";
    state = new State(Phase.EMBEDDING, 0, 0, state.detail());
    start(work);
  }

  void ended(Exception failure) {
    State last = state;
    Phase phase = failure instanceof CancellationException ? Phase.CANCELLED : Phase.FAILED;
    state = new State(phase, last.done(), last.total(), String.valueOf(failure.getMessage()));
  }

  void await() {
    Thread running = thread;
    try {
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
