package dev.capstan.server.auth;

import dev.capstan.control.access.Tenancy;
import dev.capstan.core.ContentHash;
import dev.capstan.workspace.artifact.ArtifactStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;

/** Artifacts for whoever asks: to know a hash is not yet to be allowed to read what it names. */
public final class VisibleArtifacts implements ArtifactStore {
  private final ArtifactStore store;
  private final Tenancy tenancy;
  private final Callers callers;

  public VisibleArtifacts(ArtifactStore store, Tenancy tenancy, Callers callers) {
    this.store = store;
    this.tenancy = tenancy;
    this.callers = callers;
  }

  @Override
  public ContentHash keep(InputStream content) throws IOException {
    ContentHash kept = store.keep(content);
    tenancy.brought(callers.access(), kept);
    return kept;
  }

  @Override
  public boolean holds(ContentHash hash) {
    return store.holds(hash) && tenancy.sees(callers.access(), hash);
  }

  @Override
  public InputStream open(ContentHash hash) throws IOException {
    require(hash);
    return store.open(hash);
  }

  @Override
  public long size(ContentHash hash) throws IOException {
    require(hash);
    return store.size(hash);
  }

  private void require(ContentHash hash) throws NoSuchFileException {
    if (!holds(hash)) {
      throw new NoSuchFileException(hash.value());
    }
  }

  @Override
  public void clearUnfinished() throws IOException {
    store.clearUnfinished();
  }
}
