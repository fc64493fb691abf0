package dev.capstan.server.metrics;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** What Prometheus scrapes. */
@RestController
public final class MetricsController {
  private final Metrics metrics;
  private final DepthGauges depths;
  private final Callers callers;

  public MetricsController(Metrics metrics, DepthGauges depths, Callers callers) {
    this.metrics = metrics;
    this.depths = depths;
    this.callers = callers;
  }

  /**
   * What this server measures, in the text format of Prometheus; for tokens of the first
   * organisation.
   */
  @Allowed(Scope.READER)
  @GetMapping(path = "/metrics", produces = MediaType.TEXT_PLAIN_VALUE)
  String scrape() throws InterruptedException {
    Access access = callers.access();
    if (!access.home().isDefault() || access.project().isPresent()) {
      throw ApiException.forbidden(
          "metrics are of all organisations: scrape them with a token of the organisation "
              + OrganisationId.DEFAULT);
    }
    depths.refresh();
    return metrics.scrape();
  }
}
