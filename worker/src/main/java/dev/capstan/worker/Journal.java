package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.ActivityLog.Line;
import dev.capstan.core.run.Task;
import dev.capstan.sandbox.OutputListener;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one task prints: passed on to the activity log several times a second, up to 20,000 lines
 * and the last 200, and kept for its artifact, up to 8 MB. Safe for many threads.
 */
final class Journal implements AutoCloseable, OutputListener {
  private static final Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final int PASSED_ON_AT_ONCE = 200;
  private static final long FLUSH_NANOS = 150_000_000;
  private static final int LAST_LINES = 200;
  private static final int LONGEST_LINE = 4_000;
  private static final int LARGEST_TEXT = 8 * 1024 * 1024;
  private static final int MOST_LINES = 20_000;

  private final ActivityLog log;
  private final LeasedTask leased;
  private final List<Line> waiting = new ArrayList<>();
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final StringBuilder text = new StringBuilder();
  private long flushed = System.nanoTime();
  private int recorded;
  private long leftOut;
  private boolean awaited;
  private boolean closed;

  Journal(ActivityLog log, LeasedTask leased) {
    this.log = log;
    this.leased = leased;
  }

  @Override
  public void line(Stream stream, String line) {
    add(
        switch (stream) {
          case OUT -> "out";
          case ERR -> "err";
        },
        line);
  }

  /** A word of Capstan's own. */
  void note(String line) {
    add("note", line);
  }

  private synchronized void add(String channel, String line) {
    String cut = line.length() > LONGEST_LINE ? line.substring(0, LONGEST_LINE) + " […]" : line;
    if (recorded < MOST_LINES || channel.equals("note")) {
      recorded++;
      waiting.add(line(channel, cut));
    } else {
      leftOut++;
    }
    if (text.length() < LARGEST_TEXT) {
      text.append(cut).append('\n');
    }
    lastLines.add(cut);
    if (lastLines.size() > LAST_LINES) {
      lastLines.remove();
    }
    if (waiting.size() >= PASSED_ON_AT_ONCE
        || System.nanoTime() - flushed > FLUSH_NANOS
        || channel.equals("note")) {
      flush();
    } else if (!awaited) {
      awaited = true;
      Thread.ofVirtual().name("journal").start(this::flushSoon);
    }
  }

  /** So that the last line before a silence is seen too. */
  private void flushSoon() {
    LockSupport.parkNanos(FLUSH_NANOS);
    synchronized (this) {
      awaited = false;
      if (!closed) {
        flush();
      }
    }
  }

  private Line line(String channel, String text) {
    return new Line(leased.run(), step(), attempt(), channel, text, Instant.now());
  }

  /** The last 200 lines, since the last call of {@link #forget}. */
  synchronized List<String> lastLines() {
    return List.copyOf(lastLines);
  }

  synchronized void forget() {
    lastLines.clear();
  }

  /** Everything printed so far, up to 8 MB. */
  synchronized String text() {
    return text.toString();
  }

  private void flush() {
    try {
      if (!waiting.isEmpty()) {
        log.append(List.copyOf(waiting));
      }
    } catch (RuntimeException lost) {
      LOG.warn("{} lines of output were not recorded: {}", waiting.size(), lost.getMessage());
    }
    waiting.clear();
    flushed = System.nanoTime();
  }

  private String step() {
    return switch (leased.task()) {
      case Task.Execute execute -> execute.step().id().value();
      case Task.Verify verify -> verify.step().id().value();
      case Task.Prepare _,
          Task.MeasureBaseline _,
          Task.Integrate _,
          Task.VerifyTip _,
          Task.Deliver _,
          Task.Wake _ ->
          "";
    };
  }

  private int attempt() {
    return switch (leased.task()) {
      case Task.Execute execute -> execute.attempt().number();
      case Task.Verify verify -> verify.attempt().number();
      case Task.Prepare _,
          Task.MeasureBaseline _,
          Task.Integrate _,
          Task.VerifyTip _,
          Task.Deliver _,
          Task.Wake _ ->
          0;
    };
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (leftOut > 0) {
      waiting.add(
          line(
              "note",
              leftOut + " further lines were not recorded; the end of what was printed follows"));
      lastLines.forEach(last -> waiting.add(line("out", last)));
    }
    flush();
  }
}
