package dev.capstan.engines.watch;

/** Why an agent gets no further by itself. */
public enum Stuck {
  LOOPS("it does the same again and again"),
  NO_PROGRESS("it has done nothing for too long"),
  TOO_MUCH("it has called tools too often"),
  GOES_ON("it goes on although it was told to wrap up"),
  RATE_LIMITED("its model refuses more requests for now"),
  NOT_SIGNED_IN("it is not signed in"),
  CONTEXT_EXHAUSTED("its context is full"),
  REFUSED("its model refuses to do this");

  private final String words;

  Stuck(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
