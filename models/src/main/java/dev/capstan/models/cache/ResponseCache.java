package dev.capstan.models.cache;

import java.time.Duration;
import java.util.Optional;

/** The port to answers that are kept. Safe for many threads. */
public interface ResponseCache {
  /** For how long an answer is used again. */
  Duration AGE = Duration.ofDays(30);

  /** The answer to exactly that question; empty if there is none, or none that is young enough. */
  Optional<KeptAnswer> find(CacheKey key);

  /** Keeps an answer from now on, in the place of one that was there. */
  void keep(CacheKey key, KeptAnswer answer);

  /** Keeps nothing. */
  ResponseCache NONE =
      new ResponseCache() {
        @Override
        public Optional<KeptAnswer> find(CacheKey key) {
          return Optional.empty();
        }

        @Override
        public void keep(CacheKey key, KeptAnswer answer) {
          // Nobody will ask for it.
        }
      };
}
