package dev.capstan.engines;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What people tell an engine about its step, before it begins and while it works. Safe for many
 * threads.
 */
public final class Instructions {
  private final List<String> told = new ArrayList<>();
  private Optional<Listener> listener = Optional.empty();

  /** Hears instructions, one after another; it must not block. */
  @FunctionalInterface
  public interface Listener {
    /**
     * It is called on the thread that listens for what was told before, and on that of whoever
     * tells for what comes later.
     *
     * @param number counts from 1
     */
    void hear(int number, String text);
  }

  /** Those that were told before the engine begins, oldest first. */
  public Instructions(List<String> before) {
    told.addAll(before);
  }

  /** What was told so far, for somebody who hears nothing of what comes later. */
  public synchronized Instructions copy() {
    return new Instructions(told);
  }

  /** Whoever has told these now knows fewer: those that were known change nothing. */
  public synchronized void tell(List<String> everything) {
    for (int known = told.size(); known < everything.size(); known++) {
      String text = everything.get(known);
      told.add(text);
      int number = told.size();
      listener.ifPresent(one -> one.hear(number, text));
    }
  }

  /** The one listener hears everything that was told, now, and then whatever is. */
  public synchronized void listen(Listener one) {
    listener = Optional.of(one);
    for (int i = 0; i < told.size(); i++) {
      one.hear(i + 1, told.get(i));
    }
  }

  /** Nobody listens any more; what is told from now on is for a later attempt. */
  public synchronized void close() {
    listener = Optional.empty();
  }
}
