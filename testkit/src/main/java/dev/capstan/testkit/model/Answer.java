package dev.capstan.testkit.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the server does about a request. */
public sealed interface Answer {
  /** It says something, or has tools used, or both. */
  record Speech(String text, List<ToolUse> uses, Usage usage, Pace pace) implements Answer {
    public Speech {
      uses = List.copyOf(uses);
    }
  }

  /** An error of the protocol's own shape. */
  record Failure(int status, Optional<Duration> retryAfter, String message) implements Answer {
    public Failure {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("a failure has a status from 400 to 599: " + status);
      }
    }
  }

  /** A stream whose connection breaks after that many pieces. */
  record CutStream(Speech speech, int pieces) implements Answer {}

  /** A stream of what no protocol knows. */
  record Garbage() implements Answer {}

  /** Success, with nothing in it. */
  record Empty() implements Answer {}
}
