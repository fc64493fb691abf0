package dev.capstan.workspace.toolchain;

/** What came of looking for a toolchain. */
public sealed interface Detection {
  /** A toolchain to use. */
  record Found(Toolchain toolchain) implements Detection {}

  /**
   * No sign of any known toolchain.
   *
   * @param message what was looked for and how to configure one
   */
  record Nothing(String message) implements Detection {}

  /**
   * A file that tells the toolchain cannot be used.
   *
   * @param message the file, the line where it is known, what is wrong and what to do
   */
  record Broken(String message) implements Detection {}
}
