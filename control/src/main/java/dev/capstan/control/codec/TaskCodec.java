package dev.capstan.control.codec;

import dev.capstan.core.CommitId;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.Task;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.node.ObjectNode;

/**
 * The stored form of tasks; the name is also the capability that a worker must have.
 *
 * <p>A step is stored by its id alone: the log of its run holds the plan, and a row of the queue is
 * written several times over.
 */
public final class TaskCodec {
  /** What an engine's work is called; the global limit counts these. */
  public static final String EXECUTE = "execute";

  /** Timers, which need no worker and no slot. */
  public static final String WAKE = "wake";

  private static final String VERIFY = "verify";
  private static final String VERIFY_TIP = "verify-tip";

  private static final Names<Task> NAMES =
      new Names<Task>("task")
          .with("prepare", Task.Prepare.class)
          .with("baseline", Task.MeasureBaseline.class)
          .with(EXECUTE, Task.Execute.class)
          .with(VERIFY, Task.Verify.class)
          .with("integrate", Task.Integrate.class)
          .with(VERIFY_TIP, Task.VerifyTip.class)
          .with("deliver", Task.Deliver.class)
          .with(WAKE, Task.Wake.class);

  private record Execute(StepId step, Attempt attempt) {}

  private record Verify(
      StepId step, Attempt attempt, CommitId commit, Run.Base base, Baseline baseline) {}

  private record VerifyTip(CommitId tip, Run.Base base, Baseline baseline) {}

  private TaskCodec() {}

  public static String name(Task task) {
    return NAMES.of(task);
  }

  public static String write(Task task) {
    return Json.MAPPER.writeValueAsString(
        switch (task) {
          case Task.Execute(var step, var attempt) -> new Execute(step.id(), attempt);
          case Task.Verify(var step, var attempt, var commit, var base, var baseline) ->
              new Verify(step.id(), attempt, commit, base, baseline);
          case Task.VerifyTip(var tip, var base, var baseline, _) ->
              new VerifyTip(tip, base, baseline);
          case Task.Prepare _,
              Task.MeasureBaseline _,
              Task.Integrate _,
              Task.Deliver _,
              Task.Wake _ ->
              task;
        });
  }

  /** Every name of a task. */
  public static Set<String> names() {
    return NAMES.names();
  }

  /** The engine that has to do it; empty for what is no engine's work. */
  public static Optional<String> engine(Task task) {
    return task instanceof Task.Execute(var step, var attempt)
        ? Optional.of(step.engines().get(attempt.engine()).engine())
        : Optional.empty();
  }

  /** All of a task, for a worker that cannot look up its run's plan. */
  public static String writeWhole(Task task) {
    return Json.MAPPER.writeValueAsString(task);
  }

  /** What {@link #writeWhole} wrote. Throws {@link IllegalStateException} for an unknown name. */
  public static Task readWhole(String name, String json) {
    return Json.read(json, NAMES.type(name));
  }

  /** True if {@link #read} will ask for the plan of the run. */
  public static boolean needsPlan(String name) {
    return name.equals(EXECUTE) || name.equals(VERIFY) || name.equals(VERIFY_TIP);
  }

  /**
   * Throws {@link IllegalStateException} for a name that is not in the table.
   *
   * @param plan the plan of the task's run as it stands, policy included
   */
  public static Task read(String name, String json, Supplier<Plan> plan) {
    return switch (name) {
      case EXECUTE -> {
        Execute task = stored(json, Execute.class);
        yield new Task.Execute(plan.get().step(task.step()), task.attempt());
      }
      case VERIFY -> {
        Verify task = stored(json, Verify.class);
        yield new Task.Verify(
            plan.get().step(task.step()),
            task.attempt(),
            task.commit(),
            task.base(),
            task.baseline());
      }
      case VERIFY_TIP -> {
        VerifyTip task = stored(json, VerifyTip.class);
        yield new Task.VerifyTip(task.tip(), task.base(), task.baseline(), plan.get().together());
      }
      default -> Json.read(json, NAMES.type(name));
    };
  }

  private static <T> T stored(String json, Class<T> type) {
    try {
      return Json.MAPPER.readValue(json, type);
    } catch (MismatchedInputException _) {
      return Json.read(withoutPlan(json), type);
    }
  }

  /** Tasks once carried their part of the plan. */
  private static String withoutPlan(String json) {
    if (!(Json.MAPPER.readTree(json) instanceof ObjectNode task)) {
      return json;
    }
    if (task.get("step") instanceof ObjectNode step) {
      task.set("step", step.get("id"));
    }
    task.remove("expectations");
    return task.toString();
  }

  static Set<Class<?>> types() {
    return NAMES.types();
  }
}
