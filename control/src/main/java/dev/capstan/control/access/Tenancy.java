package dev.capstan.control.access;

import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import java.util.List;

/** What belongs to whom. What is not there is seen by nobody. */
public interface Tenancy {
  boolean sees(Access access, ProjectId project);

  /** An artifact that a visible run made, that was measured of a visible project, or brought. */
  boolean sees(Access access, ContentHash artifact);

  /** Remembers who brought an artifact. */
  void brought(Access access, ContentHash artifact);

  /** False if it is there already. */
  boolean add(OrganisationId organisation);

  /** By name. */
  List<OrganisationId> organisations();
}
