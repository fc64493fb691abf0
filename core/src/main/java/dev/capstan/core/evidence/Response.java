package dev.capstan.core.evidence;

/** What policy wants done about a failed check or a violation; the later cases are the stricter. */
public sealed interface Response {
  /** It does not count; the record and the report give the reason. */
  record Ignore(String reason) implements Response {
    public Ignore {
      if (reason.isBlank() || reason.length() > 500) {
        throw new IllegalArgumentException("a reason to ignore something has 1 to 500 characters");
      }
    }
  }

  /** Another attempt, as the one before. */
  record Retry() implements Response {}

  /** Another attempt, whose engine is given the violations. */
  record Fix() implements Response {}

  /** The next engine, at once. */
  record Escalate() implements Response {}

  /** A person, at once. */
  record Block() implements Response {}

  /** Grows with strictness. */
  default int strictness() {
    return switch (this) {
      case Ignore _ -> 0;
      case Retry _ -> 1;
      case Fix _ -> 2;
      case Escalate _ -> 3;
      case Block _ -> 4;
    };
  }

  /** The stricter one; the first of two alike. */
  static Response stricter(Response one, Response other) {
    return other.strictness() > one.strictness() ? other : one;
  }
}
