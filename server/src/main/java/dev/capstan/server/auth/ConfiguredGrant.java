package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.access.Scope;
import dev.capstan.core.ProjectId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the people of a group may do, and where: {@code GROUP=SCOPE[@ORGANISATION[/PROJECT]]}. */
record ConfiguredGrant(String group, Scope scope, Access access) {
  private static final Pattern FORM =
      Pattern.compile("(.{1,200})=([a-z]+)(?:@([a-z0-9._-]+)(?:/([a-z0-9._-]+))?)?");

  /** Throws {@link IllegalArgumentException} that says what is wrong. */
  static ConfiguredGrant parse(String text) {
    Matcher matcher = FORM.matcher(text.strip());
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          '"' + text + "\" is not GROUP=SCOPE or GROUP=SCOPE@ORGANISATION/PROJECT");
    }
    Scope scope =
        Scope.of(matcher.group(2))
            .filter(one -> one != Scope.WORKER)
            .orElseThrow(() ->
                new IllegalArgumentException(
                    '"' + text + "\": a person's scope is reader, operator, maintainer or admin"));
    Optional<ProjectId> project = Optional.ofNullable(matcher.group(4)).map(ProjectId::new);
    if (scope == Scope.ADMIN && project.isPresent()) {
      throw new IllegalArgumentException(
          '"' + text + "\": an admin is one of an organisation, not of a project");
    }
    OrganisationId organisation =
        Optional.ofNullable(matcher.group(3))
            .map(OrganisationId::new)
            .orElse(OrganisationId.DEFAULT);
    return new ConfiguredGrant(
        matcher.group(1).strip(), scope, Access.of(organisation, project, scope));
  }
}
