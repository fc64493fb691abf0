package dev.capstan.models;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An answer as an agent would get it. */
final class Heard implements ModelAnswer {
  private final List<String> pieces = new ArrayList<>();
  private int status;
  private boolean ended;
  private Optional<Duration> retryAfter = Optional.empty();

  @Override
  public synchronized void whole(int given, String json, Optional<Duration> wait) {
    status = given;
    retryAfter = wait;
    pieces.add(json);
    ended = true;
  }

  @Override
  public synchronized void begin() {
    status = 200;
  }

  @Override
  public synchronized void events(String text) {
    pieces.add(text);
  }

  @Override
  public synchronized void end() {
    ended = true;
  }

  synchronized int status() {
    return status;
  }

  synchronized String text() {
    return String.join("", pieces);
  }

  synchronized List<String> pieces() {
    return List.copyOf(pieces);
  }

  synchronized boolean ended() {
    return ended;
  }

  synchronized Optional<Duration> retryAfter() {
    return retryAfter;
  }
}
