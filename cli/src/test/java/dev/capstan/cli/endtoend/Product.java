package dev.capstan.cli.endtoend;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.ActivityView;
import dev.capstan.api.CreateRun;
import dev.capstan.api.CreateRun.PlanDocument;
import dev.capstan.api.CreateRun.StepDocument;
import dev.capstan.api.EventView;
import dev.capstan.api.RunView;
import dev.capstan.cli.session.Client;
import dev.capstan.cli.session.Session;
import dev.capstan.cli.view.Follower;
import dev.capstan.server.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** One installation, with its data in a folder of its own, that works until it is closed. */
final class Product implements AutoCloseable {
  /** Some 80 runs of many tests share the machine; a single one takes seconds. */
  static final Duration PATIENCE = Duration.ofMinutes(8);

  static final int MEMORY_LIMIT_MB = 400;
  static final int DISK_LIMIT_MB = 120;

  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Path folder;
  private final Session session;

  Product() {
    this(Map.of());
  }

  /** With more variables, such as where the tools of a language are found. */
  Product(Map<String, String> more) {
    this(more, Map.of());
  }

  /** With these files in its data folder from the start as well. */
  Product(Map<String, String> more, Map<String, String> files) {
    this(temporary(), more, files);
  }

  private static Path temporary() {
    try {
      return Files.createTempDirectory("capstan-end-to-end").toRealPath();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Product(Path folder, Map<String, String> more, Map<String, String> files) {
    Map<String, String> variables = new HashMap<>(more);
    variables.putIfAbsent("CAPSTAN_DISK_LIMIT_MB", String.valueOf(DISK_LIMIT_MB));
    variables.put("PASSED_ON", "a value of the host");
    variables.putIfAbsent("CAPSTAN_MEMORY_LIMIT_MB", String.valueOf(MEMORY_LIMIT_MB));
    this.folder = folder;
    Settings settings = Settings.of(Optional.of(data()), Optional.empty(), variables);
    if (!files.isEmpty()) {
      Session.open(settings, true, _ -> {}).close(); // a data folder begins empty
      files.forEach(this::write);
    }
    session = Session.open(settings, true, _ -> {});
  }

  @Override
  public void close() {
    stop();
    Folders.delete(folder);
  }

  /** Ends the installation and keeps its data. */
  void stop() {
    session.close();
  }

  /** The installation started again on the same data. */
  Product again() {
    return new Product(folder, Map.of(), Map.of());
  }

  Client client() {
    return session.client();
  }

  Path data() {
    return folder.resolve("data");
  }

  private void write(String name, String text) {
    try {
      Files.writeString(Files.createDirectories(data()).resolve(name), text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** A new folder beside the data folder. */
  Path newFolder(String name) {
    try {
      return Files.createTempDirectory(folder, name);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Repository repository() {
    return Repository.shop(newFolder("shop"));
  }

  static String newId() {
    return "run-" + RUNS.incrementAndGet();
  }

  /** Creates and starts a run; returns its id. */
  String start(Repository repository, StepDocument... steps) {
    return create(request(newId(), repository.path().toString(), true, steps)).id();
  }

  RunView create(CreateRun request) {
    return client().create(request);
  }

  static CreateRun request(String id, String source, boolean start, StepDocument... steps) {
    return new CreateRun(
        id, source, "", "Change the shop", "", new PlanDocument(List.of(steps)), false, 2, start);
  }

  /** Starts a run and waits until it rests. */
  RunView carryOut(Repository repository, StepDocument... steps) {
    return rest(start(repository, steps));
  }

  /** To look at a run costs what a part of it does, so it is done seldom. */
  RunView rest(String run) {
    return await(run, Duration.ofMillis(250), Follower::rests);
  }

  /** For what lasts but a moment. */
  RunView await(String run, Predicate<RunView> condition) {
    return await(run, Duration.ofMillis(40), condition);
  }

  private RunView await(String run, Duration interval, Predicate<RunView> condition) {
    return Awaitility.await("run " + run)
        .atMost(PATIENCE)
        .pollInterval(interval)
        .until(() -> client().run(run), condition);
  }

  RunView act(String run, Action action, String step, String comment) {
    return client().act(run, action, new ActionRequest(step, comment), 0);
  }

  /** What was printed and noted, in order. */
  List<String> printed(String run) {
    return client().activity(run).map(ActivityView::text).toList();
  }

  List<String> eventTypes(String run) {
    return client().events(run).map(EventView::type).toList();
  }

  Path forge(RunView run) {
    return data().resolve("forge").resolve(run.project() + ".git");
  }

  Path pulls(RunView run) {
    return data().resolve("forge").resolve(run.project() + ".pulls");
  }

  /** The bare repository that holds the run's hidden refs. */
  Path mirror(RunView run) {
    return data().resolve("mirrors").resolve(run.project() + ".git");
  }
}
