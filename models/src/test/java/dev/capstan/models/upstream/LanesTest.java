package dev.capstan.models.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.capstan.models.catalog.Provider;
import dev.capstan.models.catalog.ProviderKind;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Providers are asked as often as they like, and left alone when they fail. */
class LanesTest {
  private static final long MINUTE = 60_000;

  /** A clock that stands still until it is moved. */
  private static final class Hand extends Clock implements TimeMeter {
    private long millis;

    @Override
    public long currentTimeNanos() {
      return millis * 1_000_000;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static Provider provider(String name) {
    return new Provider(
        name, ProviderKind.ANTHROPIC, URI.create("http://x"), Optional.empty(), 50, true);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 10, 50, 600})
  void whoever_asks_without_pause_gets_no_more_than_the_limit_in_any_minute(int limit) {
    Hand hand = new Hand();
    Bucket bucket = Lanes.bucket(limit, hand);
    List<Long> passed = new ArrayList<>();
    for (; hand.millis < 10 * MINUTE; hand.millis += 10) {
      while (bucket.tryConsume(1)) {
        passed.add(hand.millis);
      }
    }
    for (int first = 0; first + limit < passed.size(); first++) {
      assertThat(passed.get(first + limit) - passed.get(first)).isGreaterThanOrEqualTo(MINUTE);
    }
    assertThat(passed).hasSizeGreaterThanOrEqualTo(limit == 2 ? 10 : 10 * limit * 8 / 10);
  }

  @Test
  void a_provider_that_fails_again_and_again_is_left_alone_for_a_while() {
    Hand hand = new Hand();
    Lanes lanes = new Lanes(hand);
    Provider bad = provider("bad");
    for (int i = 0; i < 8; i++) {
      assertThat(lanes.mayPass(bad)).isTrue();
      lanes.went(bad, false);
    }
    assertThat(lanes.mayPass(bad)).isFalse();
    assertThat(lanes.mayPass(provider("another"))).isTrue();

    hand.millis += 19_000;
    assertThat(lanes.mayPass(bad)).isFalse();
    hand.millis += 2_000;
    for (int i = 0; i < 2; i++) {
      assertThat(lanes.mayPass(bad)).isTrue();
      lanes.went(bad, true);
    }
    assertThat(lanes.mayPass(bad)).isTrue();
  }

  @Test
  void a_few_failures_among_good_answers_change_nothing() {
    Lanes lanes = new Lanes(new Hand());
    Provider fair = provider("fair");
    for (int i = 0; i < 40; i++) {
      assertThat(lanes.mayPass(fair)).isTrue();
      lanes.went(fair, i % 2 == 0);
    }
  }

  // ---- Retry-After

  private static Optional<Duration> retryAfter(Map<String, List<String>> headers) {
    return HttpProvision.retryAfter(HttpHeaders.of(headers, (_, _) -> true));
  }

  @Test
  void retry_after_is_read_as_seconds_and_as_a_time() {
    assertThat(retryAfter(Map.of("Retry-After", List.of("7")))).contains(Duration.ofSeconds(7));
    assertThat(
            retryAfter(
                Map.of(
                    "Date",
                    List.of("Mon, 30 Nov 2026 12:00:00 GMT"),
                    "Retry-After",
                    List.of("Mon, 30 Nov 2026 12:00:30 GMT"))))
        .contains(Duration.ofSeconds(30));
  }

  @Test
  void what_makes_no_sense_is_no_retry_after() {
    assertThat(retryAfter(Map.of())).isEmpty();
    assertThat(retryAfter(Map.of("Retry-After", List.of("soon")))).isEmpty();
    assertThat(retryAfter(Map.of("Retry-After", List.of("Mon, 30 Nov 2026 12:00:30 GMT"))))
        .isEmpty();
    assertThat(
            retryAfter(
                Map.of(
                    "Date",
                    List.of("Mon, 30 Nov 2026 12:00:31 GMT"),
                    "Retry-After",
                    List.of("Mon, 30 Nov 2026 12:00:30 GMT"))))
        .isEmpty();
  }
}
