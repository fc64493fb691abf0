package dev.capstan.server;

import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Baselines;
import dev.capstan.control.records.Experience;
import dev.capstan.control.records.Outbox;
import dev.capstan.control.records.Outcomes;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.RunQueries;
import dev.capstan.engines.Engine;
import dev.capstan.engines.acp.Agent;
import dev.capstan.engines.acp.Agents;
import dev.capstan.engines.prompt.Prompts;
import dev.capstan.sandbox.Bubblewrap;
import dev.capstan.sandbox.ControlGroups;
import dev.capstan.sandbox.Sandbox;
import dev.capstan.sandbox.SandboxUnavailable;
import dev.capstan.sandbox.SystemFolders;
import dev.capstan.verification.attestation.Signer;
import dev.capstan.worker.Engines;
import dev.capstan.worker.KnownCode;
import dev.capstan.worker.KnownPast;
import dev.capstan.worker.ProjectCaches;
import dev.capstan.worker.SecretScanners;
import dev.capstan.worker.WorkFolders;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.artifact.FolderArtifactStore;
import dev.capstan.workspace.forge.LocalForge;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitFolders;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.Signing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Puts together what activities work with, on one data folder and what it shares. */
final class Workshops {
  private Workshops() {}

  /** What is recorded in the database. */
  record Records(
      Projects projects,
      RunQueries runs,
      Baselines baselines,
      ActivityLog activity,
      Artifacts artifacts,
      Outbox outbox,
      Outcomes outcomes,
      Experience experience) {}

  static Workshop of(
      Settings settings,
      Folders folders,
      Identity identity,
      GitStore git,
      KnownCode code,
      KnownPast past,
      ControlGroups groups,
      Records records,
      UnaryOperator<Sandbox> watched) {
    Map<String, String> environment = settings.environment();
    Path data = folders.data();
    Path shared = folders.shared();
    Sandbox sandbox = watched.apply(sandbox(data.resolve("sandbox"), groups, identity.mark()));
    return new Workshop(
        records.projects(),
        records.runs(),
        records.baselines(),
        records.activity(),
        records.artifacts(),
        records.outbox(),
        records.outcomes(),
        records.experience(),
        git,
        new FolderArtifactStore(shared.resolve("artifacts"), identity.server()),
        new LocalForge(shared, git, InstantSource.system()),
        new Signer(shared),
        sandbox,
        SystemFolders.detect(data.resolve("sandbox"), environment),
        settings.limits(),
        settings.setUpNetwork(),
        SecretScanners.on(environment.getOrDefault("PATH", "")),
        settings.nearestFirst(),
        engines(sandbox, settings, data),
        new WorkFolders(data.resolve("work"), git),
        new ProjectCaches(data.resolve("caches")),
        code,
        past,
        Optional.empty());
  }

  private static Map<String, Engine> engines(Sandbox sandbox, Settings settings, Path data) {
    Map<String, String> environment = settings.environment();
    try {
      List<Agent> agents = Agents.installed(data, environment.getOrDefault("PATH", ""));
      return Engines.all(sandbox, environment, settings.limits(), agents, prompts(data));
    } catch (IllegalArgumentException mistakes) {
      throw new InvalidSetting(String.valueOf(mistakes.getMessage()));
    }
  }

  /** What models are asked; those of the data folder go before. */
  static Prompts prompts(Path data) {
    return Prompts.in(data.resolve("prompts"));
  }

  /**
   * Needs no database, so that it is told at once if commits are to be signed and cannot be: by
   * {@link InvalidSetting}.
   */
  static GitStore git(Folders folders, String server, Signing signing) {
    GitFolders git = new GitFolders(folders.data(), folders.shared(), server, signing);
    try {
      git.trySigning();
      return git;
    } catch (GitFailure failure) {
      git.close();
      throw new InvalidSetting(Settings.SIGN + ": " + failure.getMessage());
    }
  }

  /** Without a sandbox the server still answers; every task that needs one says what to install. */
  private static Sandbox sandbox(Path folder, ControlGroups groups, String mark) {
    try {
      return Bubblewrap.find(folder, groups, mark);
    } catch (SandboxUnavailable missing) {
      return (_, _) -> {
        throw missing;
      };
    }
  }
}
