package dev.capstan.server.knowledge;

import dev.capstan.control.records.Memories.Action;
import dev.capstan.control.records.Memories.Ending;
import dev.capstan.control.records.Memories.Episode;
import dev.capstan.control.records.Memories.Memory;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;

/** A memory as a model reads it. */
final class MemoryText {
  private static final int MOST_FILES = 6;

  private MemoryText() {}

  /** {@code readable} tells whether models may know of that path now. */
  static String of(Memory memory, Predicate<String> readable) {
    Episode episode = memory.episode();
    Ending ending = episode.ending();
    StringBuilder text = new StringBuilder();
    text.append(
        "memory %d, %s: %s\nof the goal: %s\n%s by %s after %d %s; %s\n"
            .formatted(
                memory.id(),
                episode.at().atZone(ZoneOffset.UTC).toLocalDate(),
                episode.situation().title(),
                episode.situation().goal(),
                ending.completed() ? "completed" : "given up",
                episode.action().engine(),
                ending.attempts(),
                ending.attempts() == 1 ? "attempt" : "attempts",
                changed(episode.action(), readable)));
    ending.failures().forEach(why -> text.append("an attempt failed: ").append(why).append('\n'));
    ending.evidence().stream()
        .filter(check -> !check.contains(" PASS: "))
        .forEach(check -> text.append(check).append('\n'));
    return text.append('\n').toString();
  }

  private static String changed(Action action, Predicate<String> readable) {
    if (action.change().files() == 0) {
      return "nothing was changed";
    }
    List<String> files = action.files().stream().filter(readable).limit(MOST_FILES).toList();
    int more = action.change().files() - files.size();
    return "changed %s%s, %d lines added and %d deleted"
        .formatted(
            String.join(", ", files),
            more == 0 ? "" : (files.isEmpty() ? "" : " and ") + more + " more files",
            action.change().linesAdded(),
            action.change().linesDeleted());
  }
}
