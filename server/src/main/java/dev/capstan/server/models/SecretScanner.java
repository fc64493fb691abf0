package dev.capstan.server.models;

import dev.capstan.models.secrecy.SecretFinder;
import dev.capstan.verification.secrets.SecretScan;
import java.util.List;

/** The judge's own knowledge of secrets. */
public final class SecretScanner implements SecretFinder {
  @Override
  public List<String> in(String text) {
    return new SecretScan().openSecrets(text);
  }
}
