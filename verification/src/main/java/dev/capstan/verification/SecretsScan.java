package dev.capstan.verification;

import dev.capstan.verification.secrets.ReportedSecret;
import java.util.List;

/**
 * What another program said of the changed files.
 *
 * @param program its name
 * @param found by the paths of the changed files
 * @param problem why it said nothing, or ""
 */
public record SecretsScan(String program, List<ReportedSecret> found, String problem) {
  public SecretsScan {
    found = List.copyOf(found);
  }
}
