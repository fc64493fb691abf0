package dev.capstan.api;

import java.util.Locale;

/** What people can ask of a run. */
public enum Action {
  START,
  APPROVE,
  REJECT,
  RETRY,
  SKIP,
  PAUSE,
  RESUME,
  CANCEL;

  /** The last segment of its address. */
  public String path() {
    return name().toLowerCase(Locale.ROOT);
  }
}
