package dev.capstan.control.access;

import dev.capstan.core.ProjectId;
import java.util.Optional;

/** What somebody may see: handed to every query. */
public sealed interface Access {
  /** The whole installation. What is made belongs to the first organisation. */
  record Everything() implements Access {}

  /** What belongs to an organisation. */
  record Within(OrganisationId organisation) implements Access {}

  /** One project of an organisation. */
  record Only(OrganisationId organisation, ProjectId one) implements Access {}

  /** What a scope in an organisation, or in one project of it, lets somebody see. */
  static Access of(OrganisationId organisation, Optional<ProjectId> project, Scope scope) {
    if (project.isPresent()) {
      return new Only(organisation, project.get());
    }
    return organisation.isDefault() && scope == Scope.ADMIN
        ? new Everything()
        : new Within(organisation);
  }

  /** Where that belongs which is made with it. */
  default OrganisationId home() {
    return switch (this) {
      case Everything _ -> OrganisationId.DEFAULT;
      case Within(var organisation) -> organisation;
      case Only(var organisation, _) -> organisation;
    };
  }

  /** The organisation that bounds it; empty for everything. */
  default Optional<OrganisationId> bound() {
    return this instanceof Everything ? Optional.empty() : Optional.of(home());
  }

  /** The one project; empty for all. */
  default Optional<ProjectId> project() {
    return this instanceof Only(_, var project) ? Optional.of(project) : Optional.empty();
  }
}
