package dev.capstan.engines;

import dev.capstan.core.run.WrapUp;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What people tell an agent: before it begins, and while it works, until this is closed. */
public final class Told implements AutoCloseable {
  private final Instructions instructions;
  private final List<String> before = new ArrayList<>();
  private final Queue<String> meanwhile = new ConcurrentLinkedQueue<>();

  /** Listens at once. */
  public Told(Instructions instructions) {
    this.instructions = instructions;
    instructions.listen((_, text) -> meanwhile.add(text));
    for (String text = meanwhile.poll(); text != null; text = meanwhile.poll()) {
      if (!WrapUp.is(text)) {
        before.add(text);
      }
    }
  }

  /** Without what attempts before were told of their budgets, which may be others now. */
  public List<String> before() {
    return List.copyOf(before);
  }

  /** Gives each once, in order; more may come at any time. */
  public Queue<String> meanwhile() {
    return meanwhile;
  }

  @Override
  public void close() {
    instructions.close();
  }
}
