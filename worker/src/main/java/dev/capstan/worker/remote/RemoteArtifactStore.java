package dev.capstan.worker.remote;

import com.google.protobuf.ByteString;
import dev.capstan.api.worker.ArtifactContentGrpc.ArtifactContentBlockingStub;
import dev.capstan.api.worker.ArtifactContentGrpc.ArtifactContentStub;
import dev.capstan.api.worker.Chunk;
import dev.capstan.api.worker.ContentName;
import dev.capstan.api.worker.ContentSize;
import dev.capstan.core.ContentHash;
import dev.capstan.workspace.artifact.ArtifactStore;
import dev.capstan.workspace.artifact.FolderArtifactStore;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;

/** The artifacts of a server, with those that this worker has seen kept beside it. */
final class RemoteArtifactStore implements ArtifactStore {
  private static final int CHUNK = 256 * 1024;

  private final ArtifactStore here;
  private final ArtifactContentBlockingStub server;
  private final ArtifactContentStub uploads;

  RemoteArtifactStore(
      Path folder, ArtifactContentBlockingStub server, ArtifactContentStub uploads) {
    this.here = new FolderArtifactStore(folder);
    this.server = server;
    this.uploads = uploads;
  }

  @Override
  public ContentHash keep(InputStream content) throws IOException {
    ContentHash hash = here.keep(content);
    boolean sent = false;
    while (!sent) {
      try {
        if (!stat(hash).hasBytes()) {
          upload(hash);
        }
        sent = true;
      } catch (IOException failure) {
        outlast(failure);
      } catch (StatusRuntimeException failure) {
        throw new IOException("the server did not take artifact " + hash + ": " + failure, failure);
      }
    }
    return hash;
  }

  /** Throws it, unless it only says that no server could be reached. */
  private static void outlast(IOException failure) throws IOException {
    if (failure.getCause() == null
        || Status.fromThrowable(failure.getCause()).getCode() != Status.Code.UNAVAILABLE) {
      throw failure;
    }
    Patience.pause(failure);
  }

  /** One upload, which waits whenever the server is slower than the disk. */
  private static final class Upload implements ClientResponseObserver<Chunk, ContentName> {
    private final CompletableFuture<ContentName> kept = new CompletableFuture<>();
    private final Semaphore ready = new Semaphore(0);

    @Override
    public void beforeStart(ClientCallStreamObserver<Chunk> request) {
      request.setOnReadyHandler(ready::release);
    }

    @Override
    public void onNext(ContentName name) {
      kept.complete(name);
    }

    @Override
    public void onError(Throwable failure) {
      kept.completeExceptionally(failure);
      ready.release();
    }

    @Override
    public void onCompleted() {
      kept.completeExceptionally(new IOException("the server gave no answer"));
    }
  }

  private void upload(ContentHash hash) throws IOException {
    Upload upload = new Upload();
    var request = (ClientCallStreamObserver<Chunk>) uploads.upload(upload);
    try (InputStream content = here.open(hash)) {
      byte[] buffer = new byte[CHUNK];
      for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
        while (!request.isReady() && !upload.kept.isDone()) {
          upload.ready.acquire();
        }
        request.onNext(Chunk.newBuilder().setContent(ByteString.copyFrom(buffer, 0, n)).build());
      }
      request.onCompleted();
      String kept = upload.kept.get().getSha256();
      if (!kept.equals(hash.value())) {
        throw new IOException("artifact " + hash + " arrived as " + kept);
      }
    } catch (ExecutionException failure) {
      throw new IOException("the server did not take artifact " + hash, failure.getCause());
    } catch (InterruptedException interruption) {
      request.cancel("the task was stopped", interruption);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while artifact " + hash + " was sent", interruption);
    }
  }

  @Override
  public boolean holds(ContentHash hash) {
    return here.holds(hash) || stat(hash).hasBytes();
  }

  @Override
  public InputStream open(ContentHash hash) throws IOException {
    while (!here.holds(hash)) {
      try {
        fetch(hash);
      } catch (IOException failure) {
        outlast(failure);
      }
    }
    return here.open(hash);
  }

  private void fetch(ContentHash hash) throws IOException {
    PipedInputStream sink = new PipedInputStream(CHUNK);
    PipedOutputStream source = new PipedOutputStream(sink);
    CompletableFuture<ContentHash> kept = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(() -> {
          try (sink) {
            kept.complete(here.keep(sink));
          } catch (IOException | RuntimeException failure) {
            kept.completeExceptionally(failure);
          }
        });
    try (source) {
      Iterator<Chunk> chunks = server.download(name(hash));
      while (chunks.hasNext()) {
        chunks.next().getContent().writeTo(source);
      }
    } catch (StatusRuntimeException failure) {
      throw failure.getStatus().getCode() == Status.Code.NOT_FOUND
          ? new NoSuchFileException("artifact " + hash)
          : new IOException("artifact " + hash + " was not had from the server", failure);
    }
    try {
      if (!kept.get().equals(hash)) {
        throw new IOException("artifact " + hash + " came as " + kept.get());
      }
    } catch (ExecutionException failure) {
      throw new IOException("artifact " + hash + " could not be kept", failure.getCause());
    } catch (InterruptedException interruption) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while artifact " + hash + " came", interruption);
    }
  }

  @Override
  public long size(ContentHash hash) throws IOException {
    if (here.holds(hash)) {
      return here.size(hash);
    }
    ContentSize size = stat(hash);
    if (!size.hasBytes()) {
      throw new NoSuchFileException("artifact " + hash);
    }
    return size.getBytes();
  }

  private ContentSize stat(ContentHash hash) {
    return Patience.outlast(() -> server.stat(name(hash)));
  }

  private static ContentName name(ContentHash hash) {
    return ContentName.newBuilder().setSha256(hash.value()).build();
  }

  @Override
  public void clearUnfinished() throws IOException {
    here.clearUnfinished();
  }
}
