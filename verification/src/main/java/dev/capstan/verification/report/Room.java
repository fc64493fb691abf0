package dev.capstan.verification.report;

/**
 * How much text the names of one report may come to. A short report can nest long names so that
 * each case repeats all of them: without a bound a megabyte becomes many gigabytes.
 */
final class Room {
  private static final long CHARACTERS = 32L << 20;

  private long left = CHARACTERS;

  /** To be called before a name of so many characters is put together. */
  void take(long characters) throws UnreadableReport {
    left -= characters;
    if (left < 0) {
      throw new UnreadableReport("the names of its cases come to more than 32 million characters");
    }
  }
}
