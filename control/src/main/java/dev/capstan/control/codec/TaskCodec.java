package dev.capstan.control.codec;

import dev.capstan.core.run.Task;
import java.util.Set;

/** The stored form of tasks; the name is also the capability that a worker must have. */
public final class TaskCodec {
  /** What an engine's work is called; the global limit counts these. */
  public static final String EXECUTE = "execute";

  /** Timers, which need no worker and no slot. */
  public static final String WAKE = "wake";

  private static final Names<Task> NAMES =
      new Names<Task>("task")
          .with("prepare", Task.Prepare.class)
          .with("baseline", Task.MeasureBaseline.class)
          .with(EXECUTE, Task.Execute.class)
          .with("verify", Task.Verify.class)
          .with("integrate", Task.Integrate.class)
          .with("verify-tip", Task.VerifyTip.class)
          .with("deliver", Task.Deliver.class)
          .with(WAKE, Task.Wake.class);

  private TaskCodec() {}

  public static String name(Task task) {
    return NAMES.of(task);
  }

  public static String write(Task task) {
    return Json.MAPPER.writeValueAsString(task);
  }

  /** Throws {@link IllegalStateException} for a name that is not in the table. */
  public static Task read(String name, String json) {
    return Json.read(json, NAMES.type(name));
  }

  static Set<Class<?>> types() {
    return NAMES.types();
  }
}
