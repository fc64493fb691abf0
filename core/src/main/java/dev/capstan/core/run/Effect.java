package dev.capstan.core.run;

import java.time.Instant;

/** What the shell must do because of an event, in the same transaction that stores the event. */
public sealed interface Effect {
  /** Queue a task. {@link Instant#MIN} means at once. */
  record Enqueue(Task task, Instant notBefore, int priority) implements Effect {}

  /** Take back the tasks whose key starts so; a worker that has one is stopped. */
  record Withdraw(String keyPrefix) implements Effect {}

  /** Take back every task of the run. */
  record WithdrawAll() implements Effect {}

  /** Stop the workers that have tasks of the run; the tasks wait, to be begun again. */
  record StopWork() implements Effect {}

  /** Let a task say this from now on; a worker that has it is told, and keeps it. */
  record Amend(Task task) implements Effect {}
}
