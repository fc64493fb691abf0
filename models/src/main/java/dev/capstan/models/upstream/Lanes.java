package dev.capstan.models.upstream;

import dev.capstan.models.catalog.Provider;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps to each provider's limit of requests, and leaves one alone that fails again and again. Safe
 * for many threads.
 */
public final class Lanes {
  /** Of a minute's requests, those that may come at once. */
  private static final int AT_ONCE = 10;

  private final CircuitBreakerConfig breaker;
  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  public Lanes(Clock clock) {
    breaker =
        CircuitBreakerConfig.custom()
            .clock(clock)
            .slidingWindowSize(20)
            .minimumNumberOfCalls(8)
            .failureRateThreshold(75)
            .waitDurationInOpenState(Duration.ofSeconds(20))
            .permittedNumberOfCallsInHalfOpenState(2)
            .build();
  }

  private record Lane(Bucket bucket, CircuitBreaker breaker) {}

  private Lane lane(Provider provider) {
    return lanes.computeIfAbsent(
        provider.name(),
        name ->
            new Lane(
                bucket(provider.requestsPerMinute(), TimeMeter.SYSTEM_MILLISECONDS),
                CircuitBreaker.of(name, breaker)));
  }

  /**
   * Leaks at such a pace that, with what may come at once, no minute has more: a bucket that holds
   * a whole minute's requests would let pass twice as many in its first minute.
   */
  static Bucket bucket(int perMinute, TimeMeter time) {
    int atOnce = Math.max(1, perMinute / AT_ONCE);
    int steadily = Math.max(1, perMinute - atOnce);
    return Bucket.builder()
        .withCustomTimePrecision(time)
        .addLimit(limit -> limit.capacity(atOnce).refillGreedy(steadily, Duration.ofMinutes(1)))
        .build();
  }

  /** Waits for one's turn, at most that long; false if it would take longer. */
  public boolean await(Provider provider, Duration atMost) throws InterruptedException {
    return lane(provider).bucket().asBlocking().tryConsume(1, atMost);
  }

  /** False while the provider is left alone. Whoever may pass says how it went. */
  public boolean mayPass(Provider provider) {
    return lane(provider).breaker().tryAcquirePermission();
  }

  public void went(Provider provider, boolean well) {
    CircuitBreaker breaker = lane(provider).breaker();
    if (well) {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    } else {
      breaker.onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("no answer"));
    }
  }

  /** It was ended from our side, which says nothing of the provider. */
  public void withdrew(Provider provider) {
    lane(provider).breaker().releasePermission();
  }
}
