package dev.capstan.postgres.access;

import dev.capstan.control.access.Access;
import java.util.List;

/**
 * The condition of everything that is read for somebody, to be appended to a {@code where}.
 *
 * @param condition SQL with a question mark for each value
 */
public record Visible(String condition, List<Object> values) {
  public Visible {
    values = List.copyOf(values);
  }

  /** What belongs to a visible project; {@code column} holds the project's id. */
  public static Visible project(Access access, String column) {
    return switch (access) {
      case Access.Everything _ -> new Visible("true", List.of());
      case Access.Within(var organisation) ->
          new Visible(
              column + " in (select id from project where organisation_id = ?)",
              List.of(organisation.value()));
      case Access.Only(var organisation, var project) ->
          new Visible(
              column + " = (select id from project where id = ? and organisation_id = ?)",
              List.of(project.value(), organisation.value()));
    };
  }

  /** What belongs to an organisation as a whole; {@code column} holds the organisation's id. */
  public static Visible organisation(Access access, String column) {
    return switch (access) {
      case Access.Everything _ -> new Visible("true", List.of());
      case Access.Within(var organisation) ->
          new Visible(column + " = ?", List.of(organisation.value()));
      case Access.Only _ -> new Visible("false", List.of());
    };
  }
}
