package dev.capstan.api;

/**
 * What a template asks for.
 *
 * @param tasks path of a task list in the repository; "" for none
 */
public record FilledTemplate(String goal, String tasks) {
  /** The goal in words. */
  public String title() {
    return goal.isEmpty() ? "Carry out " + tasks : goal;
  }
}
