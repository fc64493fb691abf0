package dev.capstan.cli.endtoend;

import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.StepDocument;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A step as a test writes it: tried once, and otherwise as a plan file has it. */
record StepDraft(
    String id,
    String kind,
    List<String> command,
    List<List<String>> alternatives,
    List<String> after,
    List<String> scope,
    List<String> environment,
    long timeLimitSeconds,
    int attempts,
    boolean mayChangeNothing,
    List<String> judge) {

  /** A step that runs a line of the shell. */
  static StepDraft shell(String id, String line) {
    return of(id, "sh", "-c", line);
  }

  static StepDraft of(String id, String... command) {
    return new StepDraft(
        id,
        "feat",
        List.of(command),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        0,
        1,
        false,
        List.of());
  }

  StepDraft kind(String other) {
    return new StepDraft(
        id,
        other,
        command,
        alternatives,
        after,
        scope,
        environment,
        timeLimitSeconds,
        attempts,
        mayChangeNothing,
        judge);
  }

  StepDraft orElse(String line) {
    return new StepDraft(
        id,
        kind,
        command,
        List.of(List.of("sh", "-c", line)),
        after,
        scope,
        environment,
        timeLimitSeconds,
        attempts,
        mayChangeNothing,
        judge);
  }

  StepDraft after(String... steps) {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        List.of(steps),
        scope,
        environment,
        timeLimitSeconds,
        attempts,
        mayChangeNothing,
        judge);
  }

  StepDraft scope(String... globs) {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        after,
        List.of(globs),
        environment,
        timeLimitSeconds,
        attempts,
        mayChangeNothing,
        judge);
  }

  StepDraft environment(String... names) {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        after,
        scope,
        List.of(names),
        timeLimitSeconds,
        attempts,
        mayChangeNothing,
        judge);
  }

  StepDraft timeLimit(long seconds) {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        after,
        scope,
        environment,
        seconds,
        attempts,
        mayChangeNothing,
        judge);
  }

  StepDraft attempts(int number) {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        after,
        scope,
        environment,
        timeLimitSeconds,
        number,
        mayChangeNothing,
        judge);
  }

  StepDraft allowedToChangeNothing() {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        after,
        scope,
        environment,
        timeLimitSeconds,
        attempts,
        true,
        judge);
  }

  /** Says that the step changes these files that judge. */
  StepDraft judge(String... globs) {
    return new StepDraft(
        id,
        kind,
        command,
        alternatives,
        after,
        scope,
        environment,
        timeLimitSeconds,
        attempts,
        mayChangeNothing,
        List.of(globs));
  }

  StepDocument step() {
    return new StepDocument(
        id,
        kind,
        "do " + id,
        "Because of " + id + ".",
        Stream.concat(Stream.of(command), alternatives.stream())
            .map(EngineDocument::command)
            .toList(),
        after,
        0,
        scope,
        judge,
        Map.of(),
        environment,
        timeLimitSeconds,
        0,
        0,
        attempts,
        1,
        mayChangeNothing,
        false,
        false);
  }
}
