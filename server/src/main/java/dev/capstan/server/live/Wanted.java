package dev.capstan.server.live;

import dev.capstan.server.rest.ApiException;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What one client wants of the log.
 *
 * @param project "" for every project
 * @param run "" for every run
 * @param types none for every type
 * @param after the sequence number to go on after; empty to begin with what comes next
 * @param visible whether the client may see what a project's runs do
 */
record Wanted(
    String project, String run, Set<String> types, OptionalLong after, Predicate<String> visible) {
  Wanted {
    types = Set.copyOf(types);
  }

  /** {@code after} as a client wrote it. */
  static OptionalLong after(String text) {
    if (text.isEmpty()) {
      return OptionalLong.empty();
    }
    if (!text.matches("[0-9]{1,18}")) {
      throw ApiException.invalid(
          "after (or Last-Event-ID) is the seq of an event, or 0, not \"" + text + '"');
    }
    return OptionalLong.of(Long.parseLong(text));
  }

  boolean has(Message message) {
    return (project.isEmpty() || project.equals(message.project()))
        && (run.isEmpty() || run.equals(message.run()))
        && (types.isEmpty() || types.contains(message.type()))
        && visible.test(message.project());
  }
}
