package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import dev.capstan.worker.Commands.Surroundings;
import dev.capstan.workspace.toolchain.Pit;
import dev.capstan.workspace.toolchain.ToolCommand;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.stream.Stream;

/**
 * PIT in a project's folder of tools. It is fetched the first time it is needed, through the
 * network of a set-up, by a command that sees nothing of the repository.
 */
final class PitInstallation {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;
  private final Pit pit;
  private final Path root;

  PitInstallation(Workshop workshop, Journal journal, LeasedTask leased, Pit pit) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
    this.pit = pit;
    this.root = workshop.caches().tool(leased.project(), "pit");
  }

  Bind bind() {
    return new Bind.ReadOnly(root, Path.of(Pit.INSIDE));
  }

  /** The names of its jars. */
  List<String> jars() throws IOException {
    try (Stream<Path> jars = Files.list(folder().resolve("jars"))) {
      return jars.map(jar -> jar.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  /** Empty if it is there now, else why not. */
  Optional<String> fetch(Toolchain toolchain) throws IOException, InterruptedException {
    Lock lock = workshop.caches().lock(leased.project()).writeLock();
    lock.lockInterruptibly();
    try {
      if (Files.exists(complete())) {
        return Optional.empty();
      }
      Files.createDirectories(folder());
      Files.writeString(folder().resolve("pom.xml"), pit.pom());
      return fetchLocked(toolchain);
    } finally {
      lock.unlock();
    }
  }

  private Optional<String> fetchLocked(Toolchain toolchain)
      throws IOException, InterruptedException {
    ToolCommand command = pit.fetch();
    Network network = workshop.setUpNetwork().of(toolchain);
    List<Bind> binds = new ArrayList<>(workshop.system().binds(network));
    binds.add(new Bind.Writable(root, Path.of(Pit.INSIDE)));
    CommandResult result =
        new Commands(workshop, journal, leased)
            .run(
                command.argv(),
                new Surroundings(
                    Path.of(Pit.INSIDE), binds, workshop.system().environment(), network),
                command.limit(),
                journal);
    if (!(result.ending() instanceof Ending.Ended(int code)) || code != 0) {
      return Optional.of(
          "PIT could not be fetched: " + CommandResults.inWords(command.argv(), result));
    }
    Files.writeString(complete(), "");
    return Optional.empty();
  }

  private Path folder() {
    return root.resolve(pit.folder());
  }

  private Path complete() {
    return folder().resolve("complete");
  }
}
