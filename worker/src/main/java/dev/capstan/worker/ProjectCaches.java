package dev.capstan.worker;

import dev.capstan.core.ProjectId;
import dev.capstan.sandbox.Bind;
import dev.capstan.sandbox.Network;
import dev.capstan.worker.WorkFolders.Folder;
import dev.capstan.workspace.toolchain.Cache;
import dev.capstan.workspace.toolchain.Toolchain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * What build tools download, kept for each project. It is filled where the network is allowed; what
 * else is written to it goes with the task. Safe for many threads.
 */
public final class ProjectCaches {
  private final Path root;
  private final Map<ProjectId, ReentrantReadWriteLock> locks = new ConcurrentHashMap<>();

  public ProjectCaches(Path root) {
    this.root = root;
  }

  /** Held for writing while a cache is filled, for reading while it is used. */
  ReentrantReadWriteLock lock(ProjectId project) {
    return locks.computeIfAbsent(project, _ -> new ReentrantReadWriteLock(true));
  }

  boolean isFilled(ProjectId project, String fingerprint) {
    return Files.isRegularFile(stamp(project, fingerprint));
  }

  void markFilled(ProjectId project, String fingerprint) throws IOException {
    Files.createDirectories(root.resolve(project.value()));
    Files.writeString(stamp(project, fingerprint), "");
  }

  /**
   * The caches as binds: writable where the network is there to fill them, otherwise with a private
   * layer in the folder of the task.
   */
  List<Bind> binds(ProjectId project, Toolchain toolchain, Network network, Folder folder)
      throws IOException {
    List<Bind> binds = new ArrayList<>();
    for (Cache cache : toolchain.caches()) {
      Path host = Files.createDirectories(root.resolve(project.value()).resolve(cache.name()));
      Path inside = Path.of(cache.insidePath());
      binds.add(
          switch (network) {
            case Network.Filtered _, Network.Direct _ -> new Bind.Writable(host, inside);
            case Network.None _, Network.Only _ ->
                new Bind.Layered(host, folder.layer(cache.name()), inside);
          });
    }
    return binds;
  }

  /** Everything that is kept for the project; absent before the first measurement. */
  Path folder(ProjectId project) {
    return root.resolve(project.value());
  }

  /** For a tool of ours, which the project's own commands never see; no cache has such a name. */
  Path tool(ProjectId project, String name) {
    return root.resolve(project.value()).resolve("tool." + name);
  }

  /** Where a folder of the tree that set-up fills is kept. */
  Path prepared(ProjectId project, String fingerprint, String folder) {
    return root.resolve(project.value()).resolve("prepared-" + fingerprint).resolve(folder);
  }

  private Path stamp(ProjectId project, String fingerprint) {
    return root.resolve(project.value()).resolve("filled-" + fingerprint);
  }
}
