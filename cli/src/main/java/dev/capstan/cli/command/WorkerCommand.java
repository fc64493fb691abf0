package dev.capstan.cli.command;

import dev.capstan.api.ErrorCode;
import dev.capstan.cli.session.ApiFailure;
import dev.capstan.cli.session.Logs;
import dev.capstan.cli.view.Terminal;
import dev.capstan.server.Machine;
import dev.capstan.server.Settings;
import dev.capstan.server.Version;
import dev.capstan.worker.remote.RemoteWorker;
import dev.capstan.worker.remote.ServerChannel;
import dev.capstan.worker.remote.Servers;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code capstan worker}. */
@Command(
    name = "worker",
    description = {
      "Do the work of a server on this machine: measure, execute and verify, until told to end.",
      "SIGTERM lets it finish what is under way; SIGKILL ends it, and others take up its tasks."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  CAPSTAN_TOKEN=… capstan worker --server grpcs://capstan.example:8444",
      "  CAPSTAN_TOKEN=… capstan worker --server grpcs://a.example:8444,grpcs://b.example:8444",
      "  CAPSTAN_TOKEN=… capstan worker --server grpc://127.0.0.1:8444 --name box-2 --tasks 4"
    })
final class WorkerCommand implements Callable<Integer> {
  private static final String TOKEN = "CAPSTAN_TOKEN";

  @Option(
      names = "--server",
      paramLabel = "URL",
      required = true,
      split = ",",
      description = {
        "Where the server lets workers in: grpcs://HOST:PORT, or grpc:// without TLS.",
        "Several servers of one installation: separated by commas, or given again. When one is",
        "lost the next is gone to, with the tasks under way."
      })
  private List<URI> servers = List.of();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What people call this worker. Default: the machine's name.")
  private @Nullable String name;

  @Option(
      names = "--tasks",
      paramLabel = "N",
      description = "Tasks side by side. Default: half of the processors, at least 1.")
  private int tasks = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

  @Option(
      names = "--folder",
      paramLabel = "FOLDER",
      description = "Of its own, for clones and caches. Default: ~/.capstan-worker.")
  private Path folder = Path.of(System.getProperty("user.home"), ".capstan-worker");

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      description = "PEM that the server's certificate is checked with. Default: the system's.")
  private @Nullable Path authorities;

  @Option(names = "--certificate", paramLabel = "FILE", description = "PEM of this worker's own.")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "PEM of its private key.")
  private @Nullable Path key;

  @Override
  public Integer call() throws InterruptedException {
    String token = System.getenv().getOrDefault(TOKEN, "").strip();
    if (token.isEmpty()) {
      throw new ApiFailure(
          ErrorCode.INVALID,
          TOKEN + " is not set; it holds a token of the server, by capstan token create");
    }
    if ((certificate == null) != (key == null)) {
      throw new ApiFailure(ErrorCode.INVALID, "--certificate and --key are given together");
    }
    if (tasks < 1) {
      throw new ApiFailure(ErrorCode.INVALID, "--tasks is at least 1");
    }
    RemoteWorker worker = start(token);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(worker)));
    worker.awaitGone();
    if (worker.refusal().isPresent()) {
      throw new ApiFailure(
          ErrorCode.UNAUTHENTICATED, "the server refuses this worker: " + worker.refusal().get());
    }
    return ExitCodes.OK;
  }

  private RemoteWorker start(String token) {
    Map<String, String> environment = System.getenv();
    Settings settings = Settings.of(Optional.of(folder), Optional.empty(), environment);
    Logs.open(settings, "capstan-worker");
    try {
      var tls =
          new ServerChannel.Tls(
              Optional.ofNullable(authorities),
              Optional.ofNullable(certificate),
              Optional.ofNullable(key));
      return new RemoteWorker(
          new Servers(servers, tls),
          new RemoteWorker.Settings(
              name(),
              tasks,
              settings.data(),
              Optional.ofNullable(authorities).map(Path::toAbsolutePath),
              token,
              Version.CURRENT,
              settings.limits(),
              settings.setUpNetwork(),
              settings.nearestFirst(),
              environment,
              line -> Terminal.standard().line("worker " + name() + ": " + line)));
    } catch (IllegalArgumentException | IllegalStateException bad) {
      throw new ApiFailure(ErrorCode.INVALID, String.valueOf(bad.getMessage()));
    }
  }

  private String name() {
    return name == null ? Machine.name() : name;
  }

  /** Its tasks are finished first; whoever cannot wait sends a signal that cannot be caught. */
  private static void end(RemoteWorker worker) {
    if (worker.refusal().isPresent()) {
      return;
    }
    try {
      worker.drain();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    worker.close();
    Runtime.getRuntime().halt(ExitCodes.OK);
  }
}
