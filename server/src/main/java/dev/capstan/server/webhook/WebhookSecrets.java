package dev.capstan.server.webhook;

import java.util.Optional;

/**
 * What webhooks are signed with; empty where none are let in.
 *
 * @param gitlab a secret token, or a signing token, which starts with {@code whsec_}
 */
public record WebhookSecrets(Optional<String> github, Optional<String> gitlab) {
  /** Not the secrets. */
  @Override
  public String toString() {
    return "webhooks of "
        + (github.isPresent() ? "GitHub " : "")
        + (gitlab.isPresent() ? "GitLab" : "");
  }
}
