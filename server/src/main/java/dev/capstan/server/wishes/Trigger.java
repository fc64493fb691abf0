package dev.capstan.server.wishes;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * A rule by which an event begins a run.
 *
 * @param name unique among the triggers
 * @param on the type of event; "" if it goes by time
 * @param every how often it goes by time; {@link Duration#ZERO} if it goes by events
 * @param where values that the event's payload must have
 * @param project a registered project, maybe with a place that the payload fills
 * @param base branch, tag or commit; "" for the default branch
 * @param set values for the template, maybe with places that the payload fills
 */
record Trigger(
    String name,
    String on,
    Duration every,
    Map<String, String> where,
    String project,
    String base,
    String template,
    Map<String, String> set) {
  Trigger {
    where = Map.copyOf(where);
    set = Map.copyOf(set);
  }

  /** The type of the events by which time goes on. */
  static final String SCHEDULE = "schedule";

  String origin() {
    return "trigger/" + name;
  }

  boolean listensTo(String type, Map<String, String> payload) {
    return on.equals(type)
        && where.entrySet().stream()
            .allMatch(asked -> asked.getValue().equals(payload.get(asked.getKey())));
  }

  Trigger setting(Map<String, String> values) {
    return new Trigger(name, on, every, where, project, base, template, values);
  }

  String inWords() {
    return every.isZero() ? on : "every " + every.toString().substring(2).toLowerCase(Locale.ROOT);
  }
}
