package dev.capstan.postgres.runs;

import dev.capstan.postgres.database.Transactions;

/**
 * Tells every server that leases may be lost, or that leased tasks say something new, so that their
 * workers hear of it now and not when the leases are next prolonged. Safe for many threads.
 */
public final class Interventions {
  static final String CHANNEL = "capstan_intervened";

  private final Signal signal;
  private final Notifier notifier;

  /** {@code committed} is given too whenever it is told. */
  public Interventions(Transactions transactions, Signal committed) {
    this.signal = new Signal(committed);
    this.notifier = new Notifier(transactions, CHANNEL);
  }

  /** Call it after the commit. */
  public void tell() {
    signal.give();
    notifier.tellOthers();
  }

  /** Another server, or this one, has told. */
  void heard() {
    signal.give();
  }

  /** How often it was told, here or elsewhere. */
  public long count() {
    return signal.count();
  }
}
