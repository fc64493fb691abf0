package dev.capstan.worker;

import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.RunId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** What became of the formatting of a run's attempts, as artifacts of theirs. */
final class FormattingWords {
  static final String NAME = "formatting.txt";

  private final Workshop workshop;
  private final List<Artifact> words;

  private FormattingWords(Workshop workshop, List<Artifact> words) {
    this.workshop = workshop;
    this.words = words;
  }

  static FormattingWords of(Workshop workshop, RunId run) {
    return new FormattingWords(
        workshop,
        workshop.artifacts().of(run).stream().filter(one -> one.name().equals(NAME)).toList());
  }

  /** Empty if the project has no formatter for it, or the word is no longer held. */
  String about(String step, int attempt) {
    return words.stream()
        .filter(one -> one.step().equals(step) && one.attempt() == attempt)
        .filter(one -> workshop.store().holds(one.hash()))
        .map(this::read)
        .findFirst()
        .orElse("");
  }

  private String read(Artifact word) {
    try {
      return workshop.store().text(word.hash());
    } catch (IOException unreadable) {
      throw new UncheckedIOException("cannot read " + NAME + " of " + word.run(), unreadable);
    }
  }
}
