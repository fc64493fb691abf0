package dev.capstan.server.models;

import dev.capstan.core.ContentHash;
import dev.capstan.core.RunId;
import dev.capstan.models.cache.KeptAnswer;
import dev.capstan.models.cache.Recordings;
import dev.capstan.postgres.records.PostgresModelCalls;
import dev.capstan.workspace.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was answered to one run. */
public final class RecordedAnswers implements Recordings {
  private static final Logger LOG = LoggerFactory.getLogger(RecordedAnswers.class);

  private final PostgresModelCalls calls;
  private final ArtifactStore store;
  private final RunId run;

  public RecordedAnswers(PostgresModelCalls calls, ArtifactStore store, RunId run) {
    this.calls = calls;
    this.store = store;
    this.run = run;
  }

  @Override
  public List<KeptAnswer> of(String promptHash) {
    return calls.recordings(run, promptHash).stream().flatMap(this::read).toList();
  }

  private Stream<KeptAnswer> read(ContentHash recording) {
    try (InputStream content = store.open(recording)) {
      String text = new String(content.readAllBytes(), StandardCharsets.UTF_8);
      return Stream.of(KeptAnswer.recorded(text));
    } catch (IOException gone) {
      LOG.warn("the recording {} of run {} cannot be read", recording, run, gone);
      return Stream.empty();
    }
  }
}
