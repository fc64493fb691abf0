package dev.capstan.cli.reliability;

import dev.capstan.control.records.RunQueries.Recorded;
import dev.capstan.core.RunId;
import dev.capstan.core.StepId;
import dev.capstan.core.run.RunEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Looks at a cluster from outside, after its last server and worker have ended. */
final class ClusterInspection {
  private final Cluster cluster;
  private final List<String> complaints = new ArrayList<>();
  private final Map<String, List<Span>> spans = new HashMap<>();
  private long repeated;

  /** From the first thing that a run's slot allowed to its last event, in places of the log. */
  private record Span(String run, long first, long last) {}

  ClusterInspection(Cluster cluster) {
    this.cluster = cluster;
  }

  /** How many commands of steps ran again. */
  long repeated() {
    return repeated;
  }

  /** What is wrong; empty if nothing is. */
  List<String> of(List<String> runs) throws IOException, InterruptedException {
    for (String id : runs) {
      Records records = Records.read(cluster.transactions(), new RunId(id));
      new RunInspection(
              ClusterProject.STEPS,
              ClusterProject.EFFECTS,
              cluster.shared().resolve("artifacts"),
              complaints)
          .of(records);
      repeated += records.repeated();
      overlap(id, records.events());
      span(id, records);
    }
    slots();
    none("task", "tasks are left");
    none("outbox where done_at is null", "effects are not settled");
    forge(runs.size());
    leftovers();
    return List.copyOf(complaints);
  }

  private void none(String table, String otherwise) {
    long number = cluster.number("select count(*) from " + table);
    if (number != 0) {
      complaints.add(number + " " + otherwise);
    }
  }

  private void overlap(String run, List<Recorded> events) {
    Set<StepId> underWay = new HashSet<>();
    for (Recorded recorded : events) {
      switch (recorded.event()) {
        case RunEvent.StepStarted(var step, _, _) when isOverlapping(step) -> underWay.add(step);
        case RunEvent.AttemptVerified(var step, _) -> underWay.remove(step);
        default -> {}
      }
      if (underWay.size() > 1) {
        complaints.add(run + ": steps with overlapping scopes are under way: " + underWay);
      }
    }
  }

  private static boolean isOverlapping(StepId step) {
    return ClusterProject.OVERLAPPING.contains(step.value());
  }

  /** Before it is prepared a run needs no slot. */
  private void span(String run, Records records) {
    List<Recorded> events = records.events();
    long first =
        events.stream()
            .filter(one -> one.event() instanceof RunEvent.Prepared)
            .mapToLong(Recorded::position)
            .min()
            .orElseThrow();
    spans
        .computeIfAbsent(records.run().run().brief().project().value(), _ -> new ArrayList<>())
        .add(new Span(run, first, events.getLast().position()));
  }

  /** Each project has one slot, so its runs come one after another in the log. */
  private void slots() {
    spans
        .values()
        .forEach(runs -> {
          List<Span> sorted = runs.stream().sorted(Comparator.comparingLong(Span::first)).toList();
          for (int i = 1; i < sorted.size(); i++) {
            if (sorted.get(i).first() < sorted.get(i - 1).last()) {
              complaints.add("two runs held one slot: " + sorted.get(i - 1) + ", " + sorted.get(i));
            }
          }
        });
  }

  private void forge(int runs) throws IOException, InterruptedException {
    long records = 0;
    long pages = 0;
    long branches = 0;
    try (Stream<Path> found = Files.list(cluster.shared().resolve("forge"))) {
      for (Path path : found.toList()) {
        String name = path.getFileName().toString();
        if (name.endsWith(".git")) {
          branches +=
              Shell.run(path, "git", "for-each-ref", "--format=%(refname)", "refs/heads")
                  .lines()
                  .filter(ref -> ref.contains("chaos-"))
                  .count();
        } else if (name.endsWith(".pulls")) {
          records += count(path, "key-.*");
          pages += count(path, "\\d+\\.md");
        }
      }
    }
    if (records != runs || pages != runs || branches != runs) {
      complaints.add(
          "%d runs have %d pull requests, %d pages and %d branches"
              .formatted(runs, records, pages, branches));
    }
  }

  private static long count(Path folder, String names) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().matches(names)).count();
    }
  }

  private void leftovers() throws IOException {
    List<FolderProcesses.Found> processes = cluster.processes();
    if (!processes.isEmpty()) {
      complaints.add("processes are left: " + processes);
    }
    Remains remains = new Remains(complaints);
    for (List<Cluster.Member> members : List.of(cluster.servers(), cluster.workers())) {
      for (Cluster.Member member : members) {
        remains.ofServer(member.data());
      }
    }
    remains.ofShared(cluster.shared());
  }
}
