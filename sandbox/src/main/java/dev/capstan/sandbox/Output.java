package dev.capstan.sandbox;

import java.util.Optional;

/** What both streams of one command have printed; hands lines to the listener one at a time. */
final class Output {
  private final OutputListener listener;
  private final long limit;
  private final Runnable onTrouble;
  private long bytes;
  private long lines;
  private String onlyLine = "";
  private boolean exceeded;
  private boolean closed;
  private Optional<Throwable> failure = Optional.empty();

  /** {@code onTrouble} is called when the limit is exceeded or the listener fails. */
  Output(OutputListener listener, long limit, Runnable onTrouble) {
    this.listener = listener;
    this.limit = limit;
    this.onTrouble = onTrouble;
  }

  int longestLine() {
    return listener.longestLine();
  }

  /** Counts bytes that were read; false if they are too many, and nothing more is wanted. */
  synchronized boolean accept(int count) {
    bytes += count;
    if (bytes > limit && !exceeded) {
      exceeded = true;
      onTrouble.run();
    }
    return !exceeded && !closed;
  }

  synchronized void line(OutputListener.Stream stream, String line) {
    if (closed) {
      return;
    }
    lines++;
    onlyLine = stream == OutputListener.Stream.ERR && lines == 1 ? line : "";
    listener.line(stream, line);
  }

  synchronized void fail(Throwable thrown) {
    if (failure.isEmpty() && !closed) {
      failure = Optional.of(thrown);
      onTrouble.run();
    }
  }

  /** From now on the listener is told nothing more. */
  synchronized void close() {
    closed = true;
  }

  synchronized Optional<Outcome> breach() {
    return exceeded
        ? Optional.of(
            new Outcome.LimitExceeded(
                Limit.OUTPUT, "printed more than the limit of " + limit + " bytes"))
        : Optional.empty();
  }

  synchronized void throwFailure() {
    failure.ifPresent(thrown -> {
      switch (thrown) {
        case RuntimeException e -> throw e;
        case Error e -> throw e;
        default -> throw new IllegalStateException(thrown);
      }
    });
  }

  /** What was printed if it was one line on the error stream and nothing else, else empty. */
  synchronized String onlyErrorLine() {
    return onlyLine;
  }
}
