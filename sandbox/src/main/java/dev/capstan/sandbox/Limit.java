package dev.capstan.sandbox;

/** What a command may use up, beside time. */
public enum Limit {
  MEMORY,
  PROCESSES,
  DISK,
  OUTPUT
}
