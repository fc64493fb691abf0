package dev.capstan.api;

import java.util.List;

/**
 * A run template.
 *
 * @param version counts up when what it does changes
 * @param builtIn whether it came with Capstan
 * @param goal with its parameters as <code>{name}</code>
 */
public record TemplateView(
    String name,
    int version,
    boolean builtIn,
    String summary,
    String goal,
    String tasks,
    List<Parameter> parameters) {
  public TemplateView {
    parameters = List.copyOf(parameters);
  }

  /**
   * What has to be set.
   *
   * @param usual the value if it is not set; "" if it must be
   * @param pattern a regular expression that a value must match as a whole; "" for any
   */
  public record Parameter(String name, String usual, String pattern) {}
}
