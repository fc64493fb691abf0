package dev.capstan.server.webhook;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What webhooks are signed with; without a secret none are let in. One of the installation speaks
 * of all repositories, one of an organisation of that organisation's alone.
 *
 * @param installation by forge
 * @param organisations by {@code ORGANISATION/FORGE}
 */
public record WebhookSecrets(Map<Forge, String> installation, Map<String, String> organisations) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9._-]{1,100})/(github|gitlab)=(\\S{1,1000})");

  public WebhookSecrets {
    installation = Map.copyOf(installation);
    organisations = Map.copyOf(organisations);
  }

  /** Who sends webhooks. */
  public enum Forge {
    GITHUB("github", "CAPSTAN_WEBHOOK_SECRET_GITHUB"),
    /** Its secret is a secret token, or a signing token, which starts with {@code whsec_}. */
    GITLAB("gitlab", "CAPSTAN_WEBHOOK_SECRET_GITLAB");

    private final String word;
    private final String variable;

    Forge(String word, String variable) {
      this.word = word;
      this.variable = variable;
    }

    String word() {
      return word;
    }

    /** Where the secret of the installation stands. */
    String variable() {
      return variable;
    }
  }

  /**
   * The secrets of organisations, by {@code ORGANISATION/FORGE}.
   *
   * @param text {@code ORGANISATION/FORGE=SECRET}, with commas between; "" for none
   * @return empty if it is something else
   */
  public static Optional<Map<String, String>> parse(String text) {
    Map<String, String> secrets = new LinkedHashMap<>();
    for (String one : text.isBlank() ? new String[0] : text.split(",", -1)) {
      Matcher matcher = FORM.matcher(one.strip());
      if (!matcher.matches()) {
        return Optional.empty();
      }
      secrets.put(matcher.group(1) + '/' + matcher.group(2), matcher.group(3));
    }
    return Optional.of(secrets);
  }

  /** {@code organisation} is "" for the installation. */
  Optional<String> of(Forge forge, String organisation) {
    return Optional.ofNullable(
        organisation.isEmpty()
            ? installation.get(forge)
            : organisations.get(organisation + '/' + forge.word()));
  }

  /** Not the secrets. */
  @Override
  public String toString() {
    return "webhooks of " + installation.keySet() + ' ' + organisations.keySet();
  }
}
