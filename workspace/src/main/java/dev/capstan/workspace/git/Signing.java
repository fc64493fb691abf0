package dev.capstan.workspace.git;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Who signs the commits that may end on a run's branch. */
public sealed interface Signing {
  String SSH = "ssh:";
  String GPG = "gpg:";

  /** Nobody does. */
  record None() implements Signing {}

  /**
   * With {@code ssh-keygen}.
   *
   * @param key the private key, or the public one where an agent holds the private one
   */
  record Ssh(Path key) implements Signing {}

  /**
   * With {@code gpg}.
   *
   * @param key as gpg knows it: an id, a fingerprint or an address
   * @param home gpg's folder; "" for its own
   */
  record Gpg(String key, String home) implements Signing {}

  /**
   * As people write it: {@code ssh:/path/to/key}, {@code gpg:KEYID}, or nothing. Throws {@link
   * IllegalArgumentException} for anything else, and for a file that is not there.
   */
  static Signing parse(String text, Map<String, String> environment) {
    String given = text.strip();
    if (given.isEmpty()) {
      return new None();
    }
    if (given.startsWith(SSH)) {
      return ssh(Path.of(given.substring(SSH.length())));
    }
    if (given.matches(GPG + "[^\\p{Cntrl}-][^\\p{Cntrl}]{0,199}")) {
      String home = environment.getOrDefault("GNUPGHOME", "");
      return new Gpg(given.substring(GPG.length()), home);
    }
    throw new IllegalArgumentException(
        "it is ssh:/path/to/key or gpg:KEYID, but was \"" + given + '"');
  }

  private static Signing ssh(Path key) {
    if (!key.isAbsolute() || !Files.isRegularFile(key) || !Files.isReadable(key)) {
      throw new IllegalArgumentException(
          "there is no key that can be read at \""
              + key
              + "\"; give the whole path of a key that ssh-keygen has made");
    }
    return new Ssh(key.normalize());
  }

  /** For people. */
  default String inWords() {
    return switch (this) {
      case None _ -> "nobody";
      case Ssh(var key) -> "the SSH key " + key;
      case Gpg(var key, _) -> "the GPG key " + key;
    };
  }
}
