package dev.capstan.cli.reliability;

import dev.capstan.core.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
    new RunInspection(
            SampleProject.STEPS, 2 * SampleProject.PARTS, data.resolve("artifacts"), complaints)
        .of(records);
    check(records.tasks() == 0, records.tasks() + " tasks are left");
    check(records.openEffects() == 0, records.openEffects() + " effects are not settled");
    delivery(records, run, runs);
    leftovers(records);
    return List.copyOf(complaints);
  }

  private void check(boolean holds, String otherwise) {
    if (!holds) {
      complaints.add(otherwise);
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
    Remains remains = new Remains(complaints);
    remains.ofServer(data);
    remains.ofShared(data);
    try (Stream<Path> top = Files.list(data)) {
      List<Path> parts = top.filter(file -> file.toString().endsWith(".part")).toList();
      check(parts.isEmpty(), "left: " + parts);
    }
  }
}
