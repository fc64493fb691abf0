package dev.capstan.engines.watch;

import dev.capstan.core.evidence.Violation;
import dev.capstan.core.run.Failure;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at what an agent does, and tells when it gets nowhere. Safe for many threads.
 *
 * <p>Time is told in nanoseconds of any clock that only goes forward.
 */
public final class Watch {
  private final Limits limits;
  private final Map<String, Integer> calls = new HashMap<>();
  private String lastCall = "";
  private int inARow;
  private int all;
  private int allowed;
  private String lastLine = "";
  private int linesInARow;
  private long lastSign;
  private Optional<Stuck> found = Optional.empty();

  /**
   * How much is too much.
   *
   * @param quiet without any sign
   * @param same calls of a tool in a row, with the same words
   * @param repeated calls of a tool with the same words, in one attempt
   * @param calls of tools, in one attempt
   * @param last calls of tools, after it was told to wrap up
   * @param lines in a row that are the same, of what it prints
   */
  public record Limits(Duration quiet, int same, int repeated, int calls, int last, int lines) {
    public static final Limits DEFAULT = new Limits(Duration.ofMinutes(10), 8, 40, 1_000, 25, 200);

    public Limits quietFor(Duration atMost) {
      return new Limits(atMost, same, repeated, calls, last, lines);
    }
  }

  public Watch(Limits limits, long now) {
    this.limits = limits;
    this.allowed = limits.calls();
    this.lastSign = now;
  }

  /** It gave a sign of life. */
  public synchronized void sign(long now) {
    lastSign = now;
  }

  /** It calls a tool, with these words. */
  public synchronized void call(String words, long now) {
    lastSign = now;
    all++;
    inARow = words.equals(lastCall) ? inARow + 1 : 1;
    lastCall = words;
    int repeated = calls.merge(words, 1, Integer::sum);
    if (inARow >= limits.same() || repeated >= limits.repeated()) {
      found = Optional.of(Stuck.LOOPS);
    } else if (all >= limits.calls()) {
      found = Optional.of(Stuck.TOO_MUCH);
    } else if (all >= allowed) {
      found = Optional.of(Stuck.GOES_ON);
    }
  }

  /** It prints a line that is no call of a tool. */
  public synchronized void line(String text, long now) {
    lastSign = now;
    if (text.isBlank()) {
      return;
    }
    linesInARow = text.equals(lastLine) ? linesInARow + 1 : 1;
    lastLine = text;
    if (linesInARow >= limits.lines()) {
      lastCall = text;
      found = Optional.of(Stuck.LOOPS);
    }
  }

  /** It was told to wrap up: from now on it has few calls left. Again is fine. */
  public synchronized void wrapUp() {
    allowed = Math.min(allowed, all + limits.last());
  }

  public synchronized Optional<Stuck> look(long now) {
    return found.isEmpty() && now - lastSign > limits.quiet().toNanos()
        ? Optional.of(Stuck.NO_PROGRESS)
        : found;
  }

  /** That it was stopped because of this, with what it did at last. */
  public synchronized Failure failure(String agent, Stuck stuck) {
    String last = stuck == Stuck.CONTEXT_EXHAUSTED ? "" : lastCall;
    String how =
        stuck.words() + (last.isEmpty() ? "" : ", at last: " + last.lines().findFirst().orElse(""));
    return new Failure(
        Failure.Kind.RECOVERABLE,
        agent + " was stopped: " + how,
        List.of(new Violation(Violation.Category.STUCK, agent, how)));
  }
}
