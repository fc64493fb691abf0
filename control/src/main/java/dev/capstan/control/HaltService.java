package dev.capstan.control;

import dev.capstan.control.RunService.Request;
import dev.capstan.control.records.Halts;
import dev.capstan.control.records.Halts.Reach;
import dev.capstan.control.records.Place;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Wanted;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.Run.Hold;
import dev.capstan.core.run.RunCommand;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * The emergency stop for more than one run. The halt itself stops the work, in one transaction; the
 * runs are paused after it, so that each of them says why. Lifting takes the same steps backwards.
 * Either may be repeated where it was cut off.
 */
public final class HaltService {
  private static final int PAGE = 500;

  private final Halts halts;
  private final CommandLoop loop;
  private final RunQueries queries;

  /** {@code queries} shows the runs of whoever asks. */
  public HaltService(Halts halts, CommandLoop loop, RunQueries queries) {
    this.halts = halts;
    this.loop = loop;
    this.queries = queries;
  }

  /** Those that concern what one may see. */
  public List<Halts.Halt> list() {
    return halts.list();
  }

  /** Stops everything under it. */
  public void halt(Reach reach, String why, Request request) {
    halts.begin(reach, why, request.by().name());
    RunCommand halt = new RunCommand.Halt(Hold.HALT_ABOVE, inWords(reach) + " is halted: " + why);
    send(reach, List.of(Run.Status.PLANNING, Run.Status.RUNNING), _ -> true, halt, request);
  }

  /** Lets the runs go on that were stopped by it, but for those that another halt still holds. */
  public void lift(Reach reach, Request request) {
    send(
        reach,
        List.of(Run.Status.PAUSED),
        project -> halts.over(project).stream().allMatch(halt -> halt.reach().equals(reach)),
        new RunCommand.Lift(Hold.HALT_ABOVE),
        request);
    halts.end(reach);
  }

  /** A run that is in no state for it is left as it is. */
  private void send(
      Reach reach,
      List<Run.Status> statuses,
      Predicate<ProjectId> concerned,
      RunCommand command,
      Request request) {
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (Run.Status status : statuses) {
      for (RunQueries.Summary run : runs(reach, status)) {
        if (concerned.test(run.project())) {
          replies.add(loop.submit(envelope(run.run(), command, request)));
        }
      }
    }
    replies.forEach(CompletableFuture::join);
  }

  private static Envelope envelope(RunId run, RunCommand command, Request request) {
    return new Envelope(
        run,
        command,
        request.by(),
        request.correlation(),
        Request.causation(request.id()),
        request.trace(),
        new Envelope.Condition.None());
  }

  private List<RunQueries.Summary> runs(Reach reach, Run.Status status) {
    Wanted wanted =
        new Wanted(
            reach instanceof Reach.Project(var id) ? id.value() : "",
            status.name().toLowerCase(Locale.ROOT),
            "",
            Optional.empty());
    List<RunQueries.Summary> all = new ArrayList<>();
    Optional<Place> after = Optional.empty();
    List<RunQueries.Summary> page;
    do {
      page = queries.list(wanted, after, PAGE);
      all.addAll(page);
      if (!page.isEmpty()) {
        after = Optional.of(new Place(page.getLast().createdAt(), page.getLast().run().value()));
      }
    } while (page.size() == PAGE);
    return all;
  }

  private static String inWords(Reach reach) {
    return switch (reach) {
      case Reach.Everything _ -> "the installation";
      case Reach.Organisation(var id) -> "the organisation " + id;
      case Reach.Project(var id) -> "the project " + id;
    };
  }
}
