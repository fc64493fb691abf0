package dev.capstan.models.secrecy;

import java.util.List;

/** The port to what knows secrets when it sees them. Safe for many threads. */
public interface SecretFinder {
  /** The secrets that stand openly in a text, as they stand there. */
  List<String> in(String text);
}
