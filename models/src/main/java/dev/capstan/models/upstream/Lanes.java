package dev.capstan.models.upstream;

import dev.capstan.models.catalog.Provider;
import io.github.bucket4j.Bucket;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Keeps to each provider's limit of requests, and leaves one alone that fails again and again. Safe
 * for many threads.
 */
public final class Lanes {
  private static final CircuitBreakerConfig BREAKER =
      CircuitBreakerConfig.custom()
          .slidingWindowSize(20)
          .minimumNumberOfCalls(8)
          .failureRateThreshold(75)
          .waitDurationInOpenState(Duration.ofSeconds(20))
          .permittedNumberOfCallsInHalfOpenState(2)
          .build();

  private final Map<String, Lane> lanes = new ConcurrentHashMap<>();

  private record Lane(Bucket bucket, CircuitBreaker breaker) {
    static Lane of(Provider provider) {
      int perMinute = provider.requestsPerMinute();
      return new Lane(
          Bucket.builder()
              .addLimit(
                  limit -> limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
              .build(),
          CircuitBreaker.of(provider.name(), BREAKER));
    }
  }

  private Lane lane(Provider provider) {
    return lanes.computeIfAbsent(provider.name(), _ -> Lane.of(provider));
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
