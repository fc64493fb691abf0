package dev.capstan.cli.reliability;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A data folder with what its commands printed, and the sample they work on. */
record Installation(Path data, Path logs, SampleProject project) implements AutoCloseable {
  static Installation in(Path folder) throws IOException, InterruptedException {
    Path real = folder.toRealPath();
    return new Installation(real.resolve("data"), real.resolve("output"), SampleProject.in(real));
  }

  CapstanProcess start(List<String> arguments) throws IOException {
    return CapstanProcess.start(data, logs, arguments);
  }

  /** Begins a run of that plan. */
  List<String> run(Path plan) {
    return List.of(
        "run",
        "--repo",
        project.repository().toString(),
        "--plan",
        plan.toString(),
        "--parallel",
        "3");
  }

  /** What a command that ends by itself printed; throws if its exit is not 0. */
  String output(String... arguments) throws IOException, InterruptedException {
    CapstanProcess process = start(List.of(arguments));
    if (process.exit() != 0) {
      throw new AssertionError(List.of(arguments) + " failed: " + process.output());
    }
    return process.output();
  }

  FolderProcesses processes() {
    return new FolderProcesses(data);
  }

  /** Ends what a failed test has left; nothing is there after one that passed. */
  @Override
  public void close() throws IOException {
    for (FolderProcesses.Found left : processes().find("")) {
      ProcessHandle.of(left.pid()).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
