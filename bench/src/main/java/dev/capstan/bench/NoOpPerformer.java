package dev.capstan.bench;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.core.CommitId;
import dev.capstan.core.ContentHash;
import dev.capstan.core.evidence.Check;
import dev.capstan.core.evidence.CheckName;
import dev.capstan.core.evidence.Confidence;
import dev.capstan.core.evidence.Evidence;
import dev.capstan.core.evidence.Verdict;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Change;
import dev.capstan.core.run.PullRequest;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Instructions;
import dev.capstan.worker.Performer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Does nothing and reports success at once; counts what it was given. */
final class NoOpPerformer implements Performer {
  private static final ContentHash HASH = new ContentHash("0".repeat(64));

  private final Map<String, LongAdder> performed = new ConcurrentHashMap<>();
  private final AtomicLong commits = new AtomicLong(1);

  @Override
  public Optional<RunCommand> perform(LeasedTask leased, Instructions instructions) {
    return perform(leased);
  }

  Optional<RunCommand> perform(LeasedTask leased) {
    performed.computeIfAbsent(TaskCodec.name(leased.task()), _ -> new LongAdder()).increment();
    return Optional.of(report(leased.task()));
  }

  /** How many tasks of each kind there were. */
  Map<String, Long> performed() {
    Map<String, Long> counts = new TreeMap<>();
    performed.forEach((kind, count) -> counts.put(kind, count.sum()));
    return counts;
  }

  private RunCommand report(Task task) {
    return switch (task) {
      case Task.Prepare _ -> new RunCommand.ReportPrepared(new Run.Base(commit(0), "main"));
      case Task.MeasureBaseline _ ->
          new RunCommand.ReportBaseline(new Baseline(HASH, "recipe", "120 tests passed"));
      case Task.Execute(var step, var attempt) ->
          new RunCommand.ReportExecuted(
              step.id(), attempt.number(), newCommit(), new Change(2, 30, 10));
      case Task.Verify v ->
          new RunCommand.ReportVerified(v.step().id(), v.attempt().number(), passed(v.commit()));
      case Task.Integrate(_, var contributions) ->
          new RunCommand.ReportIntegrated(
              newCommit(),
              contributions.stream().map(Task.Integrate.Contribution::step).toList(),
              Map.of());
      case Task.VerifyTip(var tip, _, _, _) -> new RunCommand.ReportTipVerified(passed(tip));
      case Task.Deliver _ ->
          new RunCommand.ReportDelivered(
              List.of(new PullRequest(1, "https://forge.invalid/pulls/1", "change")));
      case Task.Wake(var timer) -> new RunCommand.Elapse(timer);
    };
  }

  private static Evidence passed(CommitId commit) {
    List<Check> checks =
        Arrays.stream(CheckName.values())
            .map(name -> new Check(name, Verdict.PASS, "120 tests passed before and after"))
            .toList();
    return new Evidence(commit, checks, List.of(), HASH)
        .scored(
            new Confidence.Scored(
                100, 100, List.of(), new Confidence.Calibration.Uncalibrated(0, 50)));
  }

  private CommitId newCommit() {
    return commit(commits.getAndIncrement());
  }

  private static CommitId commit(long number) {
    return new CommitId(String.format("%040x", number));
  }
}
