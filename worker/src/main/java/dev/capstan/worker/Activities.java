package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.control.codec.ReportCodec;
import dev.capstan.core.run.Failure;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Instructions;
import dev.capstan.sandbox.SandboxUnavailable;
import dev.capstan.workspace.git.GitFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the activity for a task, and turns what goes wrong into a report. */
public final class Activities implements Performer {
  private static final Logger LOG = LoggerFactory.getLogger(Activities.class);

  private final Workshop workshop;

  public Activities(Workshop workshop) {
    this.workshop = workshop;
  }

  @Override
  public Optional<RunCommand> perform(LeasedTask leased, Instructions instructions)
      throws InterruptedException {
    try (Journal journal = new Journal(workshop.activity(), leased)) {
      RunCommand report = report(leased, journal, instructions);
      LOG.info("task {} of run {} reports {}", key(leased), leased.run(), ReportCodec.name(report));
      return Optional.of(report);
    } catch (SandboxUnavailable unavailable) {
      return Optional.of(failed(leased.task(), Failure.terminal(message(unavailable))));
    } catch (GitFailure failure) {
      return Optional.of(
          failed(
              leased.task(),
              failure.recoverable()
                  ? Failure.recoverable(message(failure))
                  : Failure.terminal(message(failure))));
    } catch (TaskFailed failure) {
      return Optional.of(failed(leased.task(), failure.failure()));
    } catch (IOException | UncheckedIOException failure) {
      return stopped(failure)
          ? Optional.empty()
          : Optional.of(
              failed(
                  leased.task(),
                  Failure.recoverable("reading or writing failed: " + message(failure))));
    } catch (RuntimeException fault) {
      if (Thread.currentThread().isInterrupted()) {
        return Optional.empty();
      }
      LOG.error("task {} of run {} failed", key(leased), leased.run(), fault);
      return Optional.of(failed(leased.task(), Failure.recoverable("an internal error: " + fault)));
    }
  }

  private RunCommand report(LeasedTask leased, Journal journal, Instructions instructions)
      throws IOException, InterruptedException {
    return switch (leased.task()) {
      case Task.Prepare task -> new PrepareActivity(workshop).perform(leased, task);
      case Task.MeasureBaseline task ->
          new BaselineActivity(workshop, journal).perform(leased, task);
      case Task.Execute task ->
          new ExecuteActivity(workshop, journal).perform(leased, task, instructions);
      case Task.Verify task -> new VerifyActivity(workshop, journal).perform(leased, task);
      case Task.VerifyTip task -> new VerifyActivity(workshop, journal).perform(leased, task);
      case Task.Integrate task -> new IntegrateActivity(workshop).perform(leased, task);
      case Task.Deliver task -> new DeliverActivity(workshop).perform(leased, task);
      case Task.Wake(var timer) -> new RunCommand.Elapse(timer);
    };
  }

  private static String key(LeasedTask leased) {
    return leased.task().key();
  }

  private static RunCommand failed(Task task, Failure failure) {
    return switch (task) {
      case Task.Execute execute ->
          new RunCommand.ReportAttemptFailed(
              execute.step().id(), execute.attempt().number(), failure);
      case Task.Verify verify ->
          new RunCommand.ReportAttemptFailed(
              verify.step().id(), verify.attempt().number(), failure);
      case Task.Prepare _,
          Task.MeasureBaseline _,
          Task.Integrate _,
          Task.VerifyTip _,
          Task.Deliver _,
          Task.Wake _ ->
          new RunCommand.ReportTaskFailed(failure);
    };
  }

  private static boolean stopped(Exception failure) {
    return Thread.currentThread().isInterrupted()
        || failure instanceof java.nio.channels.ClosedByInterruptException
        || failure.getCause() instanceof java.nio.channels.ClosedByInterruptException;
  }

  private static String message(Exception failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}
