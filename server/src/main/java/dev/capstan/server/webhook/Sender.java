package dev.capstan.server.webhook;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.webhook.WebhookSecrets.Forge;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose webhook it says that it is, which its signature must prove.
 *
 * @param organisation "" for the installation's
 */
record Sender(String organisation) {
  private static final Pattern QUERY = Pattern.compile("(?:organisation=([a-z0-9._-]{1,100}))?");

  /** The query is read by itself: asking for a parameter would take in the body of a form. */
  static Sender of(HttpServletRequest request) {
    Matcher query = QUERY.matcher(Objects.requireNonNullElse(request.getQueryString(), ""));
    if (!query.matches()) {
      throw ApiException.invalid("a webhook's address ends there, or with ?organisation=NAME");
    }
    return new Sender(Objects.requireNonNullElse(query.group(1), ""));
  }

  /** What it may speak of. */
  Access access() {
    return organisation.isEmpty()
        ? new Access.Everything()
        : new Access.Within(new OrganisationId(organisation));
  }

  /** Where its secret is set. */
  String setting(Forge forge) {
    return organisation.isEmpty()
        ? forge.variable()
        : organisation + '/' + forge.word() + " of CAPSTAN_WEBHOOK_SECRETS";
  }
}
