package dev.capstan.server.admin;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tenancy;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import java.util.Optional;

/** Where whoever asks may say who may do what. Throws {@link ApiException} for anywhere else. */
public final class Jurisdiction {
  private final Tenancy tenancy;
  private final Callers callers;

  public Jurisdiction(Tenancy tenancy, Callers callers) {
    this.tenancy = tenancy;
    this.callers = callers;
  }

  Access access() {
    return callers.access();
  }

  /** The name of whoever asks. */
  String asker() {
    return callers.current().actor().name();
  }

  /** {@code name} is "" for one's own. */
  OrganisationId organisation(String name) {
    Access access = callers.access();
    OrganisationId wanted = name.isEmpty() ? access.home() : new OrganisationId(name);
    boolean visible = access instanceof Access.Everything || access.home().equals(wanted);
    if (!visible || !tenancy.organisations().contains(wanted)) {
      throw ApiException.notFound(
          "there is no organisation " + wanted + "; capstan organisations shows them");
    }
    return wanted;
  }

  /** {@code name} is "" for all of the organisation. */
  Optional<ProjectId> project(String name, OrganisationId organisation, Scope scope) {
    if (name.isEmpty()) {
      return callers.access().project();
    }
    ProjectId project = new ProjectId(name);
    boolean seen =
        tenancy.sees(new Access.Within(organisation), project)
            && tenancy.sees(callers.access(), project);
    if (!seen) {
      throw ApiException.notFound("there is no project " + project + " in " + organisation);
    }
    if (scope == Scope.ADMIN) {
      throw ApiException.invalid("an admin is one of an organisation, not of a project");
    }
    return Optional.of(project);
  }
}
