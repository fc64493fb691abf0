package dev.capstan.server.admin;

import dev.capstan.api.OrganisationView;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.access.Tenancy;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Organisations: they own projects, and all that follows from them. */
@RestController
@RequestMapping("/api/v1/organisations")
public final class OrganisationController {
  private final Tenancy tenancy;
  private final Callers callers;

  public OrganisationController(Tenancy tenancy, Callers callers) {
    this.tenancy = tenancy;
    this.callers = callers;
  }

  /** One's own; for an admin of the installation, all. */
  @Allowed(Scope.READER)
  @GetMapping
  List<OrganisationView> list() {
    Access access = callers.access();
    return tenancy.organisations().stream()
        .filter(one -> access.bound().map(one::equals).orElse(true))
        .map(one -> new OrganisationView(one.value()))
        .toList();
  }

  /** Adds one; it is for admins of the installation. */
  @Allowed(Scope.ADMIN)
  @PostMapping
  OrganisationView add(@RequestBody OrganisationView request) {
    OrganisationId wanted = new OrganisationId(Bodies.complete(request).name());
    if (!(callers.access() instanceof Access.Everything)) {
      throw ApiException.forbidden(
          "organisations are added by an admin of the organisation " + OrganisationId.DEFAULT);
    }
    if (!tenancy.add(wanted)) {
      throw ApiException.conflict("there is an organisation " + wanted);
    }
    return new OrganisationView(wanted.value());
  }
}
