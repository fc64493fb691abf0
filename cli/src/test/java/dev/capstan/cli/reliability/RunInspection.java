package dev.capstan.cli.reliability;

import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks at what the database and the artifacts hold of one completed run.
 *
 * @param steps of its plan
 * @param effects how many it has outside
 * @param store the folder of the artifacts
 * @param complaints what is wrong is added to them
 */
record RunInspection(List<String> steps, int effects, Path store, List<String> complaints) {
  void of(Records records) throws IOException {
    history(records);
    results(records);
    artifacts(records.artifacts());
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      complaints.add(otherwise);
    }
  }

  private void history(Records records) {
    List<Long> versions = records.events().stream().map(Recorded::version).toList();
    List<Long> expected =
        IntStream.rangeClosed(1, versions.size()).mapToObj(Long::valueOf).toList();
    check(versions.equals(expected), "the versions of the events are " + versions);
    check(records.run().version() == versions.size(), "the run's version is not its last event's");
    check(
        RunHistory.replay(records.events().stream().map(Recorded::event).toList())
            .equals(records.run().run()),
        "the events do not replay to the state");
  }

  private void results(Records records) {
    for (String step : steps) {
      StepHistory history = StepHistory.of(new StepId(step), records.events());
      check(history.equals(StepHistory.UNDISTURBED), step + " was not done just once: " + history);
    }
    check(
        records.events().stream().noneMatch(one -> one.event() instanceof RunEvent.TaskFailed),
        "a kill counted as a failure of a task");
    check(
        records.effects() == effects,
        records.effects() + " effects, not a push and a pull request for each part");
  }

  private void artifacts(List<Artifact> artifacts) throws IOException {
    for (String step : steps) {
      for (String name : List.of("engine.log", "change.diff")) {
        check(
            artifacts.stream()
                    .filter(one -> one.step().equals(step) && one.name().equals(name))
                    .count()
                == 1,
            step + " has no single artifact " + name);
      }
    }
    for (Artifact artifact : artifacts) {
      String hash = artifact.hash().value();
      Path file = store.resolve(hash.substring(0, 2)).resolve(hash.substring(2));
      check(
          Files.isRegularFile(file) && hash.equals(sha256(Files.readAllBytes(file))),
          "artifact " + artifact + " is missing or damaged");
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
