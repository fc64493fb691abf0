package dev.capstan.cli.reliability;

import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.EngineDocument;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A repository whose tests take some milliseconds, and a plan of five small steps for it: two side
 * by side, two whose scopes overlap although neither waits for the other, and one after all.
 */
record ClusterProject(Path repository) {
  static final List<String> STEPS = List.of("a", "b", "c", "d", "e");

  /** Steps that may not be under way at once, as their scopes overlap. */
  static final List<String> OVERLAPPING = List.of("c", "d");

  /** A push and a pull request. */
  static final int EFFECTS = 2;

  static ClusterProject in(Path folder) throws IOException, InterruptedException {
    return new ClusterProject(SampleProject.repository(folder, ""));
  }

  /** A run with that id, which begins at once. */
  CreateRun run(String id) {
    return run(
        id,
        List.of(
            step("a", List.of("parts/a.txt"), List.of()),
            step("b", List.of("parts/b.txt"), List.of()),
            step("c", List.of("parts/c.txt", "notes/**"), List.of("a", "b")),
            step("d", List.of("parts/d.txt", "notes/**"), List.of("a", "b")),
            step("e", List.of("parts/e.txt"), List.of("c", "d"))));
  }

  /** The same of one step that takes that long. */
  CreateRun slow(String id, String seconds) {
    return run(
        id, List.of(step("slow", "sleep " + seconds + " && ", List.of("parts/**"), List.of())));
  }

  private CreateRun run(String id, List<StepDocument> steps) {
    return new CreateRun(
        id, repository.toString(), "", "Write parts", "", new PlanDocument(steps), false, 2, true);
  }

  private static StepDocument step(String id, List<String> scope, List<String> after) {
    return step(id, "", scope, after);
  }

  /** Refuses to be done twice on the same branch. */
  private static StepDocument step(
      String id, String first, List<String> scope, List<String> after) {
    String write =
        first
            + "test ! -e parts/%1$s.txt && echo first > parts/%1$s.txt && echo second >> parts/%1$s.txt"
                .formatted(id);
    return new StepDocument(
        id,
        "feat",
        "write part " + id,
        "It is wanted.",
        List.of(EngineDocument.command(List.of("sh", "-c", write))),
        after,
        0,
        scope,
        List.of(),
        Map.of(),
        List.of(),
        0,
        0,
        0,
        1,
        1,
        false,
        false,
        false);
  }
}
