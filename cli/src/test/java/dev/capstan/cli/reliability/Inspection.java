package dev.capstan.cli.reliability;

import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import dev.capstan.core.run.RunHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Looks at a data folder from outside, after the last process has ended, for whatever one completed
 * run should have left there and did not, or the other way round.
 */
final class Inspection {
  private final Path data;
  private final List<String> complaints = new ArrayList<>();

  Inspection(Path data) {
    this.data = data;
  }

  /**
   * What is wrong; empty if nothing is.
   *
   * @param runs how many runs were completed on this folder so far, this one included
   */
  List<String> of(Records records, RunId run, int runs) throws IOException, InterruptedException {
    history(records);
    results(records);
    artifacts(records.artifacts());
    delivery(records, run, runs);
    leftovers(records);
    return List.copyOf(complaints);
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
    for (String step : SampleProject.STEPS) {
      StepHistory history = StepHistory.of(new StepId(step), records.events());
      check(history.equals(StepHistory.UNDISTURBED), step + " was not done just once: " + history);
    }
    check(
        records.events().stream().noneMatch(one -> one.event() instanceof RunEvent.TaskFailed),
        "a kill counted as a failure of a task");
    check(records.tasks() == 0, records.tasks() + " tasks are left");
    check(records.openEffects() == 0, records.openEffects() + " effects are not settled");
    check(
        records.effects() == 2 * SampleProject.PARTS,
        records.effects() + " effects, not a push and a pull request for each part");
  }

  private void artifacts(List<Artifact> artifacts) throws IOException {
    for (String step : SampleProject.STEPS) {
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
      Path file =
          data.resolve("artifacts").resolve(hash.substring(0, 2)).resolve(hash.substring(2));
      check(
          Files.isRegularFile(file) && hash.equals(sha256(Files.readAllBytes(file))),
          "artifact " + artifact + " is missing or damaged");
    }
  }

  private void delivery(Records records, RunId run, int runs)
      throws IOException, InterruptedException {
    String project = records.run().run().brief().project().value();
    Path forge = data.resolve("forge");
    new ForgeInspection(forge.resolve(project + ".git"), forge.resolve(project + ".pulls"))
        .of(run, runs, complaints);
  }

  private void leftovers(Records records) throws IOException {
    List<FolderProcesses.Found> processes = new FolderProcesses(data).find(records.mark());
    check(processes.isEmpty(), "processes are left: " + processes);
    check(!Files.exists(data.resolve("endpoint.json")), "the endpoint file is left");
    for (String folder : List.of("work", "scratch")) {
      nothingIn(data.resolve(folder), ".*");
    }
    nothingIn(data.resolve("mirrors"), ".*\\.lock|tmp_.*");
    nothingIn(data.resolve("forge"), ".*\\.lock|tmp_.*|incoming-.*|\\..*\\.new");
    nothingIn(data.resolve("artifacts"), ".*\\.part");
    try (Stream<Path> top = Files.list(data)) {
      List<Path> parts = top.filter(file -> file.toString().endsWith(".part")).toList();
      check(parts.isEmpty(), "left: " + parts);
    }
  }

  private void nothingIn(Path folder, String names) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> left =
          tree.filter(file -> !file.equals(folder))
              .filter(file -> file.getFileName().toString().matches(names))
              .limit(10)
              .toList();
      check(left.isEmpty(), "left: " + left);
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
