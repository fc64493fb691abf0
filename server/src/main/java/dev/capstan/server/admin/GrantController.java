package dev.capstan.server.admin;

import dev.capstan.api.CreateGrant;
import dev.capstan.api.GrantView;
import dev.capstan.api.Page;
import dev.capstan.control.access.Grants;
import dev.capstan.control.access.Grants.Grant;
import dev.capstan.control.access.Grants.Kind;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Place;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.People;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import dev.capstan.server.rest.Pages;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people may do in an organisation; an admin of the installation has the grants of all. */
@RestController
@RequestMapping("/api/v1/grants")
public final class GrantController {
  private static final Pattern SUBJECT =
      Pattern.compile(Pattern.quote(People.SUBJECT) + "[\\x21-\\x7e]{1,255}");

  private final Grants grants;
  private final Jurisdiction jurisdiction;
  private final InstantSource clock;

  public GrantController(Grants grants, Jurisdiction jurisdiction, InstantSource clock) {
    this.grants = grants;
    this.jurisdiction = jurisdiction;
    this.clock = clock;
  }

  /** Grants a person or a group a scope; it holds from their next request on. */
  @Allowed(Scope.ADMIN)
  @PostMapping
  GrantView add(@RequestBody CreateGrant request) {
    Grant grant = grant(Bodies.complete(request));
    if (!grants.add(grant)) {
      throw ApiException.conflict(
          "the %s %s has a grant there; remove that one first"
              .formatted(word(grant.kind()), grant.holder()));
    }
    return view(grant);
  }

  private Grant grant(CreateGrant request) {
    Kind kind = kind(request);
    Scope scope =
        Scope.of(request.scope())
            .filter(one -> one != Scope.WORKER)
            .orElseThrow(() ->
                ApiException.invalid(
                    "a person's scope is reader, operator, maintainer or admin, not \""
                        + request.scope()
                        + '"'));
    OrganisationId organisation = jurisdiction.organisation(request.organisation());
    return new Grant(
        UUID.randomUUID().toString(),
        kind,
        request.holder(),
        scope,
        organisation,
        jurisdiction.project(request.project(), organisation, scope),
        clock.instant(),
        jurisdiction.asker());
  }

  private static Kind kind(CreateGrant request) {
    return switch (request.kind()) {
      case "person" -> {
        boolean known =
            People.NAME.matcher(request.holder()).matches()
                || SUBJECT.matcher(request.holder()).matches();
        yield require(
            Kind.PERSON,
            known,
            "a person is named as the issuer names them, or by sub: and its id of them");
      }
      case "group" ->
          require(
              Kind.GROUP,
              People.GROUP.matcher(request.holder()).matches(),
              "a group's name has 1 to 200 characters");
      default ->
          throw ApiException.invalid("kind is person or group, not \"" + request.kind() + '"');
    };
  }

  private static Kind require(Kind kind, boolean good, String otherwise) {
    if (!good) {
      throw ApiException.invalid(otherwise);
    }
    return kind;
  }

  /** The grants, newest first, but those of the configuration. */
  @Allowed(Scope.ADMIN)
  @GetMapping
  Page<GrantView> list(
      @RequestParam(defaultValue = "") String after, @RequestParam(defaultValue = "50") int limit) {
    Place place = Pages.place(after).orElse(Pages.NEWEST);
    return Pages.of(
        grants.list(jurisdiction.access(), place.at(), place.id(), Pages.wanted(limit)),
        limit,
        GrantController::view,
        grant -> Pages.after(new Place(grant.createdAt(), grant.id())));
  }

  /** Takes a grant back; it holds no more from the next request on. */
  @Allowed(Scope.ADMIN)
  @DeleteMapping("/{id}")
  void remove(@PathVariable String id) {
    if (!grants.remove(jurisdiction.access(), id)) {
      throw ApiException.notFound("there is no grant " + id);
    }
  }

  private static GrantView view(Grant grant) {
    return new GrantView(
        grant.id(),
        word(grant.kind()),
        grant.holder(),
        grant.scope().word(),
        grant.organisation().value(),
        grant.project().map(ProjectId::value).orElse(""),
        grant.createdAt(),
        grant.createdBy());
  }

  private static String word(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
