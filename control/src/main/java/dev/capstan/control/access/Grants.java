package dev.capstan.control.access;

import dev.capstan.core.ProjectId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What people may do, and where, as admins have granted it to them or to a group of theirs. */
public interface Grants {
  /** To whom something is granted. */
  enum Kind {
    PERSON,
    GROUP
  }

  /**
   * One of them.
   *
   * @param holder the name of the person, or {@code sub:} and the issuer's own id of them; or the
   *     name of the group
   * @param createdBy the name of whoever granted it
   */
  record Grant(
      String id,
      Kind kind,
      String holder,
      Scope scope,
      OrganisationId organisation,
      Optional<ProjectId> project,
      Instant createdAt,
      String createdBy) {
    /** What its holder may see, as the holder of a token would. */
    public Access access() {
      return Access.of(organisation, project, scope);
    }
  }

  /** False if the holder has a grant there already. */
  boolean add(Grant grant);

  /**
   * What is granted to somebody under one of these names, or in one of these groups; oldest first.
   */
  List<Grant> held(Set<String> names, Set<String> groups);

  /** Those of them that are there. */
  List<Grant> find(Set<String> ids);

  /**
   * Those of an organisation, or all; the newest first.
   *
   * @param before only those that were made before that; of one moment, those with smaller ids
   */
  List<Grant> list(Access access, Instant before, String id, int most);

  /** Takes it back at once; false if it is not there, or not visible. */
  boolean remove(Access access, String id);
}
