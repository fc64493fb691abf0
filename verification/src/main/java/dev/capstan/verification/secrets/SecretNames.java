package dev.capstan.verification.secrets;

import com.google.re2j.Pattern;

/** Names of files that hold nothing but secrets. */
public final class SecretNames {
  private static final Pattern NAMES =
      Pattern.compile(
          "(?i)(?:^|.*/)(?:id_(?:rsa|dsa|ecdsa|ed25519)|\\.git-credentials|\\.netrc|_netrc|"
              + "\\.pgpass|\\.aws/credentials|[^/]*\\.(?:ppk|kdbx|p12|pfx))");

  private SecretNames() {}

  public static boolean keepSecrets(String path) {
    return NAMES.matches(path);
  }
}
