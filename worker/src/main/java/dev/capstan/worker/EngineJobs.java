package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.core.ContentHash;
import dev.capstan.core.StepId;
import dev.capstan.core.plan.Work;
import dev.capstan.core.run.Attempt;
import dev.capstan.core.run.Exchange;
import dev.capstan.core.run.Run;
import dev.capstan.core.run.StepState;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Engine;
import dev.capstan.engines.Instructions;
import dev.capstan.engines.ModelAccess;
import dev.capstan.engines.Workbench;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.ViolationsJson;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** What an engine gets to do an attempt's work in a folder. */
final class EngineJobs {
  private final Workshop workshop;
  private final LeasedTask leased;
  private final Task.Execute task;
  private final Instructions instructions;
  private String context = "";

  EngineJobs(Workshop workshop, LeasedTask leased, Task.Execute task, Instructions instructions) {
    this.instructions = instructions;
    this.workshop = workshop;
    this.leased = leased;
    this.task = task;
  }

  /** What the engine is given to read to begin with; "" for nothing. */
  void give(String text) {
    context = text;
  }

  Work work() {
    return task.step().engines().get(task.attempt().engine());
  }

  Engine.Job of(Folder folder, Optional<Toolchain> toolchain, Network network) throws IOException {
    return of(folder, toolchain, network, Optional.empty(), Optional.empty(), () -> {});
  }

  Engine.Job of(
      Folder folder,
      Optional<Toolchain> toolchain,
      Network network,
      Optional<ModelAccess> models,
      Optional<Workbench> workbench,
      Runnable turnEnd)
      throws IOException {
    List<Bind> binds = new ArrayList<>(workshop.system().binds(network));
    binds.add(Bind.ReadOnly.of(workshop.git().objects(leased.project())));
    Map<String, String> environment = new HashMap<>(workshop.system().environment());
    if (toolchain.isPresent()) {
      binds.addAll(workshop.caches().binds(leased.project(), toolchain.get(), network, folder));
      for (String name : toolchain.get().environment()) {
        Optional.ofNullable(System.getenv(name)).ifPresent(value -> environment.put(name, value));
      }
    }
    return new Engine.Job(
        leased.run() + "/" + leased.task().key(),
        purpose(),
        work(),
        folder.tree(),
        binds,
        environment,
        files(folder),
        folder.asking(),
        folder.telling(),
        instructions,
        toolchain,
        models.map(ModelAccess::network).orElse(network),
        models,
        workbench,
        turnEnd);
  }

  private static Set<StepId> completed(Run.Working run) {
    return run.progress().steps().entrySet().stream()
        .filter(entry -> entry.getValue() instanceof StepState.Completed)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  Engine.Purpose purpose() {
    Run.Working run = RunUnderWay.of(workshop, leased);
    return new Engine.Purpose(
        leased.run(),
        task.step().id(),
        task.step().title(),
        task.step().reason(),
        run.brief().goal(),
        run.base().commit(),
        task.step().scope(),
        completed(run));
  }

  /** Copies of the files sent along, which no attempt can change for another. */
  private Map<String, Path> files(Folder folder) throws IOException {
    Map<String, Path> files = new HashMap<>();
    for (Map.Entry<String, ContentHash> file : work().files().entrySet()) {
      Path copy = folder.files().resolve(file.getKey());
      Files.createDirectories(copy.getParent());
      try (InputStream content = workshop.store().open(file.getValue())) {
        Files.copy(content, copy);
      }
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("r-xr-xr-x"));
      files.put(file.getKey(), copy);
    }
    Attempt attempt = task.attempt();
    if (!attempt.toFix().isEmpty() && !files.containsKey(Engine.TO_FIX)) {
      files.put(
          Engine.TO_FIX, written(folder, Engine.TO_FIX, ViolationsJson.write(attempt.toFix())));
    }
    if (!attempt.answers().isEmpty() && !files.containsKey(Engine.ANSWERS)) {
      files.put(Engine.ANSWERS, written(folder, Engine.ANSWERS, json(attempt.answers())));
    }
    if (!context.isEmpty() && !files.containsKey(Engine.CONTEXT)) {
      files.put(Engine.CONTEXT, written(folder, Engine.CONTEXT, context));
    }
    return files;
  }

  private static Path written(Folder folder, String name, String text) throws IOException {
    Files.createDirectories(folder.files());
    return Files.writeString(folder.files().resolve(name), text);
  }

  private static String json(List<Exchange> answers) {
    return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(answers);
  }
}
