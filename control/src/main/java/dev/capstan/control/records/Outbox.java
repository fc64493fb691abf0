package dev.capstan.control.records;

import dev.capstan.core.RunId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Effects outside: written down before they are made, looked up before they are made again.
 *
 * <p>The key is the same for every try of the same effect.
 */
public interface Outbox {
  /** An effect that was meant, and perhaps made. */
  record Intended(String key, RunId run, String kind, String detail) {}

  void intend(Intended effect);

  void done(String key, String result);

  /** What is not known to be done, oldest first. */
  List<Intended> open();

  /** Every effect of a run, with its result if it is known to be done. */
  List<Recorded> of(RunId run);

  /** An effect as recorded. */
  record Recorded(String key, String kind, String detail, Optional<String> result) {}

  /**
   * Makes the effect unless {@code lookUp} finds it outside.
   *
   * @param lookUp asks the outside whether the effect is there, and gives its result
   */
  default String once(Intended effect, Supplier<Optional<String>> lookUp, Supplier<String> make) {
    intend(effect);
    String result = lookUp.get().orElseGet(make);
    done(effect.key(), result);
    return result;
  }
}
