package dev.capstan.server.models;

import dev.capstan.control.records.Artifacts;
import dev.capstan.control.records.Artifacts.Artifact;
import dev.capstan.core.ContentHash;
import dev.capstan.models.records.ModelCall;
import dev.capstan.models.records.ModelCalls;
import dev.capstan.postgres.records.PostgresModelCalls;
import dev.capstan.workspace.artifact.ArtifactStore;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps each call as a row, and what was sent and came as an artifact of its attempt. */
public final class RecordedCalls implements ModelCalls {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedCalls.class);

  private final PostgresModelCalls rows;
  private final ArtifactStore store;
  private final Artifacts artifacts;

  public RecordedCalls(PostgresModelCalls rows, ArtifactStore store, Artifacts artifacts) {
    this.rows = rows;
    this.store = store;
    this.artifacts = artifacts;
  }

  /** A recording that cannot be kept must not hide what was spent. */
  @Override
  public void add(ModelCall call, String recording) {
    rows.add(call, keep(call, recording));
  }

  private Optional<ContentHash> keep(ModelCall call, String recording) {
    try {
      ContentHash hash = store.keep(recording);
      artifacts.add(
          new Artifact(
              call.asker().run(),
              call.asker().step(),
              call.asker().attempt(),
              "model-call-" + call.id() + ".json",
              hash,
              store.size(hash)));
      return Optional.of(hash);
    } catch (IOException failure) {
      LOG.warn("the recording of model call {} could not be kept", call.id(), failure);
      return Optional.empty();
    }
  }
}
