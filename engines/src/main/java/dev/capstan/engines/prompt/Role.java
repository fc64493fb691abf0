package dev.capstan.engines.prompt;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a model is there for. Each role has a prompt of its own, and what it may do with files. */
public enum Role {
  /** Looks at the code and says what it found. */
  ANALYSER(false, false),
  /** Changes code. */
  CODER(true, true),
  /** Writes tests. */
  TESTER(true, true),
  /** Looks at a change and says what it thinks of it. */
  REVIEWER(false, true),
  /** Writes down what is to be done, before anything is. */
  SPECIFIER(true, false),
  /** Makes a plan of a goal. */
  PLANNER(false, false);

  private final boolean edits;
  private final boolean runsTests;

  Role(boolean edits, boolean runsTests) {
    this.edits = edits;
    this.runsTests = runsTests;
  }

  /** True if it may change files. */
  public boolean edits() {
    return edits;
  }

  /** True if it may run the project's tests. */
  public boolean runsTests() {
    return runsTests;
  }

  /** As people and plans write it; also the name of its prompt. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
