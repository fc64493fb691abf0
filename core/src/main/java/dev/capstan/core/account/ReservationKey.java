package dev.capstan.core.account;

/** Names one piece of spending for good, so that asking twice is asking once. */
public record ReservationKey(String value) {
  public ReservationKey {
    if (value.isBlank() || value.length() > 200) {
      throw new IllegalArgumentException("a reservation's key has 1 to 200 characters");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
