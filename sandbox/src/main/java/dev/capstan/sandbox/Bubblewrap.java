package dev.capstan.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Linux namespaces, by way of the program bubblewrap. */
public final class Bubblewrap implements Sandbox {
  private final Path program;
  private final Optional<Path> limiter;
  private final Optional<Path> filter;
  private final Devices devices;
  private final ControlGroups groups;
  private final WayOut wayOut;
  private final Layers layers;
  private final String installation;

  private Bubblewrap(
      Path program, Programs programs, Path folder, ControlGroups groups, String installation)
      throws IOException {
    this.program = program;
    this.limiter = programs.find("prlimit");
    this.filter = SystemCallFilter.in(folder);
    this.devices = Devices.in(folder);
    this.groups = groups;
    this.wayOut = WayOut.in(folder);
    this.layers = Layers.in(programs, folder);
    this.installation = installation;
  }

  /**
   * Finds bubblewrap and tries it.
   *
   * @param folder a folder of our own for a few small files, made if missing; several processes may
   *     share it, foreign code must not see it
   * @param groups which limits the kernel holds
   * @param installation marks every process, so that {@link Leftovers} are found after a crash
   * @throws SandboxUnavailable if nothing can be fenced here, with what to do about it
   */
  public static Bubblewrap find(Path folder, ControlGroups groups, String installation) {
    return find(folder, groups, installation, Programs.ofThisProcess());
  }

  static Bubblewrap find(
      Path folder, ControlGroups groups, String installation, Programs programs) {
    Requirements.requireLinux(System.getProperty("os.name", "unknown"));
    Path program = Requirements.requireBubblewrap(programs);
    try {
      Bubblewrap found =
          new Bubblewrap(program, programs, Files.createDirectories(folder), groups, installation);
      Requirements.requireWorking(found);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write into the folder " + folder, e);
    }
  }

  @Override
  public Outcome run(Confinement asked, OutputListener output) {
    Confinement confinement = asked.withBinds(layers.possible(asked.binds()));
    try {
      Layers.prepare(confinement.binds());
    } catch (IOException e) {
      return new Outcome.NotStarted("a private layer cannot be made: " + e.getMessage());
    }
    Optional<String> obstacle = Obstacles.to(confinement);
    if (obstacle.isPresent()) {
      return new Outcome.NotStarted(obstacle.get());
    }
    try {
      return switch (confinement.network()) {
        case Network.None _, Network.Direct _ -> runFenced(confinement, output);
        case Network.Filtered(AllowList allowed) -> runFiltered(confinement, allowed, output);
        case Network.Only(Passage passage) -> runWithPassage(confinement, passage, output);
      };
    } catch (IOException e) {
      throw new SandboxUnavailable("cannot start " + program + ": " + e.getMessage(), e);
    }
  }

  /** What was asked for in vain is told at the end, when nothing else is printed any more. */
  private Outcome runFiltered(Confinement confinement, AllowList allowed, OutputListener output)
      throws IOException {
    try (Outlet outlet = wayOut.open(allowed)) {
      Outcome outcome = runFenced(wayOut.through(confinement, outlet), output);
      outlet.notes().forEach(line -> output.line(OutputListener.Stream.ERR, line));
      return outcome;
    }
  }

  private Outcome runWithPassage(Confinement confinement, Passage passage, OutputListener output)
      throws IOException {
    try (Outlet outlet = wayOut.open(passage)) {
      return runFenced(wayOut.to(confinement, outlet), output);
    }
  }

  private Outcome runFenced(Confinement confinement, OutputListener output) throws IOException {
    Limits limits = confinement.limits();
    DiskWatch disk = new DiskWatch(DiskWatch.writable(confinement), limits.diskBytes());
    Map<String, String> environment = Variables.inherited(confinement, installation);
    try (ControlGroup group = groups.make(installation, limits)) {
      List<String> command = command(confinement, disk, group);
      return Supervision.run(limits, disk, group, command, environment, output);
    }
  }

  /** False on a processor whose system calls are not known here: the other fences still stand. */
  public boolean filtersSystemCalls() {
    return filter.isPresent();
  }

  /** False where shared folders can only be read, see {@link Bind.Layered}. */
  public boolean laysLayers() {
    return layers.areThere();
  }

  private List<String> command(Confinement confinement, DiskWatch disk, ControlGroup group)
      throws IOException {
    if (filter.isPresent() && !Files.isReadable(filter.get())) {
      throw new IOException("the system call filter is gone: " + filter.get());
    }
    List<String> command = new ArrayList<>(layers.command(confinement.binds()));
    limiter.ifPresent(path ->
        command.addAll(
            List.of(path.toString(), "--core=0", "--fsize=" + disk.longestFile(), "--")));
    command.addAll(Launch.of(program, filter, group.entrances()));
    command.addAll(Arguments.of(confinement, devices.arguments()));
    return command;
  }
}
