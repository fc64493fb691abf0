package dev.capstan.worker;

import dev.capstan.control.LeasedTask;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.Measurement.Build;
import dev.capstan.verification.Reports;
import dev.capstan.verification.Reports.CommandResult;
import dev.capstan.verification.Reports.CommandResult.Ending;
import dev.capstan.worker.Commands.Surroundings;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.worker.tracing.TracePart;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.ToolCommand;
import dev.capstan.workspace.toolchain.Toolchain;
import dev.capstan.workspace.toolchain.Toolchains;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;

/**
 * Builds and tests a tree with its own tools, in a sandbox, and reads their reports.
 *
 * <p>The network is there only while dependencies that no run has needed before are fetched.
 */
final class Measurer {
  private final Workshop workshop;
  private final Journal journal;
  private final LeasedTask leased;

  Measurer(Workshop workshop, Journal journal, LeasedTask leased) {
    this.workshop = workshop;
    this.journal = journal;
    this.leased = leased;
  }

  /** How the tree is to be measured. Throws {@link TaskFailed} if nothing says how. */
  Recipe recipe(Folder folder) throws IOException {
    return switch (Toolchains.detect(folder.tree())) {
      case Detection.Found(var toolchain) -> Fingerprints.recipe(toolchain, folder.tree());
      case Detection.Nothing(var message) -> throw TaskFailed.terminal(message);
      case Detection.Broken(var message) -> throw TaskFailed.terminal(message);
    };
  }

  Measurement measure(Folder folder, Recipe recipe, Trust trust)
      throws IOException, InterruptedException {
    try (TracePart _ = TracePart.begin("measure")) {
      return measureAlone(folder, recipe, trust);
    }
  }

  private Measurement measureAlone(Folder folder, Recipe recipe, Trust trust)
      throws IOException, InterruptedException {
    boolean cold = !workshop.caches().isFilled(leased.project(), recipe.fingerprint());
    Lock lock =
        cold
            ? workshop.caches().lock(leased.project()).writeLock()
            : workshop.caches().lock(leased.project()).readLock();
    lock.lockInterruptibly();
    try {
      return switch (trust) {
        case BASE -> repeated(measureLocked(folder, recipe, cold), folder, recipe.toolchain());
        case CHANGE, CHANGED_CONFIGURATION ->
            measureUntrusted(folder, recipe, trust.allow(recipe.toolchain()), cold);
      };
    } finally {
      lock.unlock();
    }
  }

  private Measurement measureLocked(Folder folder, Recipe recipe, boolean cold)
      throws IOException, InterruptedException {
    Toolchain toolchain = recipe.toolchain();
    Prepared prepared = new Prepared(workshop.caches(), leased.project(), recipe);
    if (!cold) {
      prepared.bring(folder.tree());
      return tests(folder, toolchain, Network.NONE);
    }
    Network outside = workshop.setUpNetwork().of(toolchain);
    Optional<Measurement> failed = setUp(folder, toolchain, outside);
    if (failed.isPresent()) {
      return failed.get();
    }
    prepared.keep(folder.tree());
    Measurement measurement =
        tests(folder, toolchain, toolchain.measureFillsCache() ? outside : Network.NONE);
    if (measurement.build() instanceof Build.Built) {
      workshop.caches().markFilled(leased.project(), recipe.fingerprint());
    }
    return measurement;
  }

  /**
   * Builds and tests with the network, so that what it needs is in the caches; what comes out of it
   * says nothing. The caller holds the caches for writing.
   */
  void fetch(Folder folder, Recipe recipe) throws IOException, InterruptedException {
    Toolchain toolchain = recipe.toolchain();
    Network outside = workshop.setUpNetwork().of(toolchain);
    if (setUp(folder, toolchain, outside).isEmpty() && toolchain.measureFillsCache()) {
      tests(folder, toolchain, outside);
    }
  }

  /** Without the network; nothing of it is kept for other measurements. */
  private Measurement measureUntrusted(
      Folder folder, Recipe recipe, Toolchain toolchain, boolean cold)
      throws IOException, InterruptedException {
    if (cold) {
      Optional<Measurement> failed = setUp(folder, toolchain, Network.NONE);
      if (failed.isPresent()) {
        return failed.get();
      }
    } else {
      new Prepared(workshop.caches(), leased.project(), recipe).bring(folder.tree());
    }
    return repeated(tests(folder, toolchain, Network.NONE), folder, toolchain);
  }

  /** As often as the repository asks, so that a case that passes by luck is found out. */
  private Measurement repeated(Measurement first, Folder folder, Toolchain toolchain)
      throws IOException, InterruptedException {
    Measurement all = first;
    for (int i = 0; i < toolchain.repeats() && first.build() instanceof Build.Built; i++) {
      journal.note("once more, to find flaky tests");
      all = all.and(tests(folder, toolchain, Network.NONE));
    }
    return all;
  }

  /** Empty if every command ended well. */
  private Optional<Measurement> setUp(Folder folder, Toolchain toolchain, Network network)
      throws IOException, InterruptedException {
    for (ToolCommand command : toolchain.setUp()) {
      CommandResult result = run(folder, toolchain, command, network);
      if (!(result.ending() instanceof Ending.Ended(int code)) || code != 0) {
        String why =
            network.equals(Network.NONE)
                ? "set-up failed, without the network, which a change never has: "
                : "set-up failed: ";
        return Optional.of(
            Measurements.notRun(
                why + CommandResults.inWords(command.argv(), result), result.took()));
      }
    }
    return Optional.empty();
  }

  private Measurement tests(Folder folder, Toolchain toolchain, Network network)
      throws IOException, InterruptedException {
    ReportPlaces places = new ReportPlaces(toolchain);
    places.clear(folder.tree());
    journal.forget();
    List<CommandResult> results = new ArrayList<>();
    for (ToolCommand command : toolchain.measure()) {
      CommandResult result = run(folder, toolchain, command, network);
      results.add(result);
      if (CommandResults.stops(command, result)) {
        break;
      }
    }
    return Reports.measure(
        CommandResults.together(results),
        folder.tree(),
        folder.reports(),
        places.reports(),
        places.coverage(),
        places.analysis());
  }

  private CommandResult run(
      Folder folder, Toolchain toolchain, ToolCommand command, Network network)
      throws IOException, InterruptedException {
    List<String> argv = new ArrayList<>(command.argv());
    if (network.equals(Network.NONE)) {
      argv.addAll(command.offlineArguments());
    }
    Surroundings surroundings =
        new Surroundings(
            folder.tree(),
            binds(folder, toolchain, network),
            environment(toolchain, command),
            network);
    try (KeptOutput output = KeptOutput.of(command.standardOutputTo(), folder, journal)) {
      return new Commands(workshop, journal, leased)
          .run(argv, surroundings, command.limit(), output);
    }
  }

  /** What the commands of a toolchain see of a folder. */
  List<Bind> binds(Folder folder, Toolchain toolchain, Network network) throws IOException {
    List<Bind> binds = new ArrayList<>(workshop.system().binds(network));
    binds.add(Bind.ReadOnly.of(workshop.git().objects(leased.project())));
    binds.add(Bind.Writable.of(folder.tree()));
    binds.add(new Bind.Writable(folder.reports(), Path.of(Toolchain.REPORTS)));
    binds.addAll(workshop.caches().binds(leased.project(), toolchain, network, folder));
    return binds;
  }

  private Map<String, String> environment(Toolchain toolchain, ToolCommand command) {
    Map<String, String> environment = new HashMap<>(workshop.system().environment());
    for (String name : toolchain.environment()) {
      String value = System.getenv(name);
      if (value != null) {
        environment.put(name, value);
      }
    }
    environment.putAll(command.environment());
    return environment;
  }
}
