package dev.capstan.engines.tasklist;

import dev.capstan.core.StepId;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Failure;
import dev.capstan.engines.Engine;
import dev.capstan.sandbox.OutputListener;
import dev.capstan.sandbox.OutputListener.Stream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Ticks in a task list what the run has done.
 *
 * <p>Arguments are the file's path in the repository, then {@code step=task} for each step: a task
 * is done when all of its steps are.
 */
public final class TaskListEngine implements Engine {
  /** The name by which plans call it. */
  public static final String NAME = "task-list";

  private static final long LARGEST = 1 << 20;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Optional<String> refuses(Work work) {
    List<String> arguments = work.arguments();
    if (arguments.isEmpty() || !staysInside(arguments.getFirst())) {
      return Optional.of("its first argument is the path of the list inside the repository");
    }
    return arguments.stream()
        .skip(1)
        .filter(argument -> !argument.matches("(?s)[a-z0-9][a-z0-9._-]*=.+"))
        .findFirst()
        .map(strange -> "\"" + strange + "\" is not step=task");
  }

  private static boolean staysInside(String path) {
    Path list = Path.of(path);
    return !list.isAbsolute() && list.normalize().equals(list) && !list.startsWith("..");
  }

  @Override
  public Result perform(Job job, OutputListener output) {
    Optional<String> refused = refuses(job.work());
    if (refused.isPresent()) {
      return failed(refused.get());
    }
    String path = job.work().arguments().getFirst();
    try {
      Path list = job.tree().resolve(path);
      if (!Files.isRegularFile(list, LinkOption.NOFOLLOW_LINKS)
          || !list.toRealPath().equals(job.tree().toRealPath().resolve(path))) {
        return failed("there is no file " + path + " in the repository");
      }
      if (Files.size(list) > LARGEST) {
        return failed(path + " is larger than 1 MB, which no task list is");
      }
      Set<String> done = done(job);
      output.line(
          Stream.OUT, "done: " + done.size() + " of " + (job.work().arguments().size() - 1));
      Files.writeString(list, TaskList.read(Files.readString(list)).ticked(done));
      return new Result.Done();
    } catch (IOException failure) {
      throw new UncheckedIOException("cannot tick " + path, failure);
    }
  }

  private static Set<String> done(Job job) {
    Set<StepId> completed = job.purpose().completed();
    Set<String> done = new HashSet<>();
    Set<String> open = new HashSet<>();
    for (String argument : job.work().arguments().subList(1, job.work().arguments().size())) {
      int equals = argument.indexOf('=');
      boolean isDone = completed.contains(new StepId(argument.substring(0, equals)));
      (isDone ? done : open).add(argument.substring(equals + 1));
    }
    done.removeAll(open);
    return done;
  }

  private static Result failed(String why) {
    return new Result.Failed(Failure.terminal("task-list: " + why));
  }
}
