package dev.capstan.sandbox;

/** What of the network is reached from inside. */
public enum Network {
  /** A loopback device of its own and nothing else. */
  NONE,
  /** The host's network as it is, its loopback included: only for a set-up phase. */
  HOST
}
