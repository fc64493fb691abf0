package dev.capstan.knowledge.index;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a search is for, which says how much each way to find something counts. */
public enum Profile {
  /** Where is something? */
  DEFAULT(1, 1, 0, 0.5),
  /** Where is a change to be made? What like commits changed counts too. */
  CHANGE(1, 1, 0.7, 0.5),
  /** What is written about something? Prose counts as much as code. */
  DOCS(1, 1, 0, 1);

  private final double words;
  private final double meaning;
  private final double history;
  private final double docs;

  Profile(double words, double meaning, double history, double docs) {
    this.words = words;
    this.meaning = meaning;
    this.history = history;
    this.docs = docs;
  }

  double words() {
    return words;
  }

  double meaning() {
    return meaning;
  }

  double history() {
    return history;
  }

  /** Times what is found in prose. */
  double docs() {
    return docs;
  }

  /** As users write it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Profile> of(String word) {
    return Stream.of(values()).filter(profile -> profile.word().equals(word)).findFirst();
  }
}
