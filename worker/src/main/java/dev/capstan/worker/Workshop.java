package dev.capstan.worker;

import dev.capstan.control.records.ActivityLog;
import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Baselines;
import dev.capstan.control.records.Experience;
import dev.capstan.control.records.Outbox;
import dev.capstan.control.records.Outcomes;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.RunQueries;
import dev.capstan.engines.Engine;
import dev.capstan.sandbox.Limits;
import dev.capstan.sandbox.Sandbox;
import dev.capstan.sandbox.SystemFolders;
import dev.capstan.verification.attestation.Signer;
import dev.capstan.workspace.artifact.ArtifactStore;
import dev.capstan.workspace.forge.Forge;
import dev.capstan.workspace.git.GitStore;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that activities work with.
 *
 * @param limits of every command in the sandbox, but for its time
 * @param setUpNetwork what a base commit's set-up reaches
 * @param secretScanners programs of the host that look for secrets
 * @param nearestFirst when tests near to a change are run before all
 * @param engines by name
 * @param code what is known of projects' code
 * @param past what is remembered of finished steps
 * @param models where attempts get their way to language models
 */
public record Workshop(
    Projects projects,
    RunQueries runs,
    Baselines baselines,
    ActivityLog activity,
    Artifacts artifacts,
    Outbox outbox,
    Outcomes outcomes,
    Experience experience,
    GitStore git,
    ArtifactStore store,
    Forge forge,
    Signer signer,
    Sandbox sandbox,
    SystemFolders system,
    Limits limits,
    SetUpNetwork setUpNetwork,
    SecretScanners secretScanners,
    NearestFirst nearestFirst,
    Map<String, Engine> engines,
    WorkFolders folders,
    ProjectCaches caches,
    KnownCode code,
    KnownPast past,
    Optional<ModelDoor> models) {
  public Workshop {
    engines = Map.copyOf(engines);
  }

  /** The same, with other views of what is recorded. */
  public Workshop seeing(
      Projects seenProjects, RunQueries seenRuns, Experience seenExperience, ArtifactStore seen) {
    return new Workshop(
        seenProjects,
        seenRuns,
        baselines,
        activity,
        artifacts,
        outbox,
        outcomes,
        seenExperience,
        git,
        seen,
        forge,
        signer,
        sandbox,
        system,
        limits,
        setUpNetwork,
        secretScanners,
        nearestFirst,
        engines,
        folders,
        caches,
        code,
        past,
        models);
  }

  /** The same, with a way to language models. */
  public Workshop with(ModelDoor door) {
    return new Workshop(
        projects,
        runs,
        baselines,
        activity,
        artifacts,
        outbox,
        outcomes,
        experience,
        git,
        store,
        forge,
        signer,
        sandbox,
        system,
        limits,
        setUpNetwork,
        secretScanners,
        nearestFirst,
        engines,
        folders,
        caches,
        code,
        past,
        Optional.of(door));
  }
}
