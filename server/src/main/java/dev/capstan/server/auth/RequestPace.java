package dev.capstan.server.auth;

import java.time.Duration;
import java.util.Optional;

/**
 * How fast requests of one token, or without one of an address, may come, by whatever protocol. The
 * owner of the data folder may be as fast as they like. Safe for many threads.
 */
public final class RequestPace {
  private final Buckets requests;

  public RequestPace(int requestsPerMinute) {
    this.requests = new Buckets(requestsPerMinute);
  }

  /**
   * A request that came too fast.
   *
   * @param seconds after which the next one is taken
   * @param why for whoever sent it
   */
  public record TooFast(long seconds, String why) {}

  /** Empty if the request is taken. */
  public Optional<TooFast> take(Caller caller) {
    return caller.token().isEmpty() ? Optional.empty() : take(caller.token());
  }

  /** As the other, of somebody without a token. */
  Optional<TooFast> takeOf(String address) {
    return take("from " + address);
  }

  private Optional<TooFast> take(String whose) {
    return requests.take(whose).map(this::tooFast);
  }

  private TooFast tooFast(Duration wait) {
    long seconds = wait.toSeconds() + 1;
    return new TooFast(
        seconds,
        "This server takes %d requests a minute of one token; try again in %d s."
            .formatted(requests.perMinute(), seconds));
  }
}
