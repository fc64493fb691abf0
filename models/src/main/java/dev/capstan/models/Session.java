package dev.capstan.models;

import dev.capstan.models.records.Asker;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.Restoring;

/** What the calls of one attempt have in common. Safe for many threads. */
public final class Session {
  private final Asker asker;
  private final Redaction redaction;

  public Session(Asker asker, Redaction redaction) {
    this.asker = asker;
    this.redaction = redaction;
  }

  public Asker asker() {
    return asker;
  }

  Redaction redaction() {
    return redaction;
  }

  Restoring restoring() {
    return new Restoring(redaction);
  }
}
