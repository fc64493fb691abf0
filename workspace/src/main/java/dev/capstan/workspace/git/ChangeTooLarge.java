package dev.capstan.workspace.git;

/** A work tree differs by more than may be captured. */
public final class ChangeTooLarge extends GitFailure {
  ChangeTooLarge(String message) {
    super(message, false);
  }
}
