package dev.capstan.worker.tracing;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * Whether spans are recorded, by OpenTelemetry's own variables.
 *
 * @param endpoint {@value #ENDPOINT}, of a receiver of OTLP over HTTP; empty for no traces
 * @param share {@value #SHARE}, of the traces that begin here; a hundredth unless it is given
 */
public record TracingSettings(Optional<String> endpoint, double share) {
  public static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
  public static final String SHARE = "OTEL_TRACES_SAMPLER_ARG";

  private static final double USUAL_SHARE = 0.01;

  /** Throws {@link IllegalArgumentException} if they cannot be used. */
  public static TracingSettings of(Map<String, String> environment) {
    String endpoint = environment.getOrDefault(ENDPOINT, "").strip();
    String share = environment.getOrDefault(SHARE, "").strip();
    if (!endpoint.isEmpty() && !isAddress(endpoint)) {
      throw new IllegalArgumentException(
          ENDPOINT + " must be http://HOST:PORT or https://HOST:PORT, but was \"" + endpoint + '"');
    }
    if (!share.isEmpty() && !isShare(share)) {
      throw new IllegalArgumentException(
          SHARE + " must be a share from 0 to 1, such as 0.01, but was \"" + share + '"');
    }
    return new TracingSettings(
        Optional.of(endpoint).filter(given -> !given.isEmpty()),
        share.isEmpty() ? USUAL_SHARE : Double.parseDouble(share));
  }

  public static boolean isAddress(String text) {
    try {
      URI at = URI.create(text);
      return at.getHost() != null && String.valueOf(at.getScheme()).matches("https?");
    } catch (IllegalArgumentException wrong) {
      return false;
    }
  }

  public static boolean isShare(String text) {
    return text.matches("0([.][0-9]{1,9})?|1([.]0{1,9})?");
  }

  /** Begins to record, if that is wanted. */
  public Tracing open(String service, String version) {
    return endpoint.map(at -> Tracing.to(at, share, service, version)).orElse(Tracing.OFF);
  }
}
