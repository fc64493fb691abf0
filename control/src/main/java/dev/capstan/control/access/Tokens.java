package dev.capstan.control.access;

import dev.capstan.core.ProjectId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The bearer tokens of an installation. A token itself is known to its holder alone. */
public interface Tokens {
  /**
   * One of them, without its secret.
   *
   * @param name of the person or service that holds it
   * @param createdBy the name of whoever made it
   */
  record Token(
      String id,
      String name,
      Scope scope,
      OrganisationId organisation,
      Optional<ProjectId> project,
      Instant createdAt,
      String createdBy,
      Optional<Instant> expiresAt,
      Optional<Instant> lastUsedAt,
      Optional<Instant> revokedAt) {
    /** What its holder may see: an admin of the first organisation, all of the installation. */
    public Access access() {
      return Access.of(organisation, project, scope);
    }
  }

  /**
   * Keeps a new one.
   *
   * @param hash SHA-256 of the token, in hexadecimal
   * @return false if a token of that name is in use in that organisation
   */
  boolean add(Token token, String hash);

  /** The token whose secret has that hash, if it is good now; notes that it was used. */
  Optional<Token> use(String hash);

  /**
   * The tokens whose secrets have one of these hashes, if they are good now, by that hash; does not
   * count as a use.
   */
  Map<String, Token> good(Set<String> hashes);

  /**
   * Those of an organisation, or all; the newest first.
   *
   * @param before only those that were made before that; of one moment, those with smaller ids
   */
  List<Token> list(Access access, Instant before, String id, int most);

  /**
   * Gives it another secret.
   *
   * @param hash SHA-256 of the new secret, in hexadecimal
   * @param grace for how long the secret that it had is good beside it; not longer than the token
   * @return empty if it is not there, not visible, or not good any more
   */
  Optional<Token> rotate(Access access, String id, String hash, Duration grace);

  /** Ends it at once; false if it is not there, or not visible, or was revoked before. */
  boolean revoke(Access access, String id);

  /** True once there has been any. */
  boolean any();
}
