package dev.capstan.api;

import java.util.List;

/**
 * What performs the steps of what is found file by file.
 *
 * @param command a program and its arguments, in which {@code {file}}, {@code {test}} and {@code
 *     {lines}} stand for what was found; none if nobody performs them
 * @param environment names of variables passed through
 * @param timeLimitSeconds 0 for the default
 */
public record Performer(List<String> command, List<String> environment, long timeLimitSeconds) {
  public static final Performer NOBODY = new Performer(List.of(), List.of(), 0);

  public Performer {
    command = List.copyOf(command);
    environment = List.copyOf(environment);
  }

  /** False if findings are shown and no step is planned for them. */
  public boolean performs() {
    return !command.isEmpty();
  }
}
