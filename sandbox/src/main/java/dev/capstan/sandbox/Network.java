package dev.capstan.sandbox;

/** What of the network is reached from inside. */
public sealed interface Network {
  /** A loopback device of its own and nothing else. */
  Network NONE = new None();

  /** Nothing but a loopback device of its own. */
  record None() implements Network {}

  /** As {@link None}, with a proxy on it that leads to some hosts: for a set-up phase. */
  record Filtered(AllowList allowed) implements Network {}

  /**
   * As {@link None}, with a port on it that leads to one place and nowhere else: {@link
   * Passage#URL}.
   */
  record Only(Passage passage) implements Network {}

  /**
   * The host's network as it is, its loopback included. Danger: only where the installation's owner
   * has asked for it.
   */
  record Direct() implements Network {}
}
