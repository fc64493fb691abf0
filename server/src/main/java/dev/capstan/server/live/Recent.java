package dev.capstan.server.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The newest messages of the log. A client holds no buffer of its own: it stands at a number here,
 * and has lost its place once that number was overwritten. Not safe for many threads.
 */
final class Recent {
  private final @Nullable Message[] ring;
  private long first;
  private long end;
  private long from = Long.MAX_VALUE;

  Recent(int size) {
    ring = new @Nullable Message[size];
  }

  /** Holds nothing, and then whatever comes after that position of the log. */
  void beginAfter(long position) {
    first = end;
    from = position;
  }

  /** Holds nothing, and nobody can find a place. */
  void forget() {
    beginAfter(Long.MAX_VALUE);
  }

  /** Whether anybody can find a place. */
  boolean isReady() {
    return from < Long.MAX_VALUE;
  }

  void add(Message message) {
    if (end - first == ring.length) {
      from = at(first).sequence();
      first++;
    }
    ring[slot(end)] = message;
    end++;
  }

  /** The number of the first message after that position; empty if it may have been overwritten. */
  OptionalLong numberAfter(long position) {
    if (position < from) {
      return OptionalLong.empty();
    }
    long low = first;
    long high = end;
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (at(middle).sequence() <= position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return OptionalLong.of(low);
  }

  /** Those from that number on; empty if it was overwritten. */
  Optional<List<Message>> from(long number, int most) {
    if (number < first) {
      return Optional.empty();
    }
    List<Message> messages = new ArrayList<>();
    for (long n = number; n < end && messages.size() < most; n++) {
      messages.add(at(n));
    }
    return Optional.of(messages);
  }

  private Message at(long number) {
    Message message = ring[slot(number)];
    if (message == null) {
      throw new IllegalStateException("nothing stands at " + number);
    }
    return message;
  }

  private int slot(long number) {
    return (int) (number % ring.length);
  }
}
