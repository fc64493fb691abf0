package dev.capstan.server.workers;

import com.google.protobuf.ByteString;
import dev.capstan.api.worker.ArtifactContentGrpc;
import dev.capstan.api.worker.Chunk;
import dev.capstan.api.worker.ContentName;
import dev.capstan.api.worker.ContentSize;
import dev.capstan.core.ContentHash;
import dev.capstan.server.workers.Gatekeeper.Reason;
import dev.capstan.workspace.artifact.ArtifactStore;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** Takes and gives artifacts by the hash of their content. */
final class ArtifactEndpoint extends ArtifactContentGrpc.ArtifactContentImplBase {
  private static final int CHUNK = 256 * 1024;

  private final ArtifactStore store;
  private final long most;
  private final Gatekeeper gatekeeper;

  /** {@code most} is in bytes, of one artifact. */
  ArtifactEndpoint(ArtifactStore store, long most, Gatekeeper gatekeeper) {
    this.store = store;
    this.most = most;
    this.gatekeeper = gatekeeper;
  }

  @Override
  public StreamObserver<Chunk> upload(StreamObserver<ContentName> out) {
    try {
      return new Upload(out);
    } catch (IOException failure) {
      out.onError(unavailable(failure));
      return new Upload.Refused();
    }
  }

  private static RuntimeException unavailable(Exception failure) {
    return Status.UNAVAILABLE.withDescription(failure.toString()).asRuntimeException();
  }

  /** Passes chunks on to the store, which reads as fast as it writes. */
  private final class Upload implements StreamObserver<Chunk> {
    private final PipedInputStream content = new PipedInputStream(CHUNK);
    private final PipedOutputStream chunks = new PipedOutputStream(content);
    private final Admission.Guest guest = Admission.guest();
    private final StreamObserver<ContentName> out;
    private final AtomicBoolean answered = new AtomicBoolean();
    private long taken;

    /** Takes nothing, after it was said why. */
    private static final class Refused implements StreamObserver<Chunk> {
      @Override
      public void onNext(Chunk chunk) {}

      @Override
      public void onError(Throwable failure) {}

      @Override
      public void onCompleted() {}
    }

    Upload(StreamObserver<ContentName> out) throws IOException {
      this.out = out;
      Thread.ofVirtual().name("upload").start(this::keep);
    }

    private void keep() {
      try (content) {
        ContentHash hash = store.keep(content);
        if (answered.compareAndSet(false, true)) {
          out.onNext(ContentName.newBuilder().setSha256(hash.value()).build());
          out.onCompleted();
        }
      } catch (IOException | RuntimeException failure) {
        fail(unavailable(failure));
      }
    }

    private void fail(RuntimeException failure) {
      if (answered.compareAndSet(false, true)) {
        out.onError(failure);
      }
    }

    @Override
    public void onNext(Chunk chunk) {
      taken += chunk.getContent().size();
      try {
        if (taken > most) {
          refuse();
        } else {
          chunk.getContent().writeTo(chunks);
        }
      } catch (IOException failure) {
        throw unavailable(failure);
      }
    }

    /** The first of what is too much is answered; what still comes is dropped. */
    private void refuse() throws IOException {
      String why =
          "the artifact has more than " + most + " bytes, which is the limit of this server";
      if (!answered.get()) {
        gatekeeper.refused(guest.refused(Reason.SIZE, why));
      }
      fail(Status.RESOURCE_EXHAUSTED.withDescription(why).asRuntimeException());
      content.close();
    }

    /** The store sees a broken pipe, and keeps nothing. */
    @Override
    public void onError(Throwable failure) {
      try {
        content.close();
      } catch (IOException closing) {
        throw unavailable(closing);
      }
    }

    @Override
    public void onCompleted() {
      try {
        chunks.close();
      } catch (IOException failure) {
        throw unavailable(failure);
      }
    }
  }

  @Override
  public void download(ContentName request, StreamObserver<Chunk> out) {
    var response = (ServerCallStreamObserver<Chunk>) out;
    Semaphore ready = new Semaphore(0);
    response.setOnReadyHandler(ready::release);
    response.setOnCancelHandler(ready::release);
    Thread.ofVirtual().name("download").start(() -> send(request, response, ready));
  }

  private void send(
      ContentName request, ServerCallStreamObserver<Chunk> response, Semaphore ready) {
    try {
      ContentHash hash = new ContentHash(request.getSha256());
      if (!store.holds(hash)) {
        response.onError(
            Status.NOT_FOUND.withDescription("there is no artifact " + hash).asRuntimeException());
        return;
      }
      try (InputStream content = store.open(hash)) {
        byte[] buffer = new byte[CHUNK];
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          while (!response.isReady() && !response.isCancelled()) {
            ready.acquire();
          }
          if (response.isCancelled()) {
            return;
          }
          response.onNext(Chunk.newBuilder().setContent(ByteString.copyFrom(buffer, 0, n)).build());
        }
      }
      response.onCompleted();
    } catch (IOException failure) {
      response.onError(unavailable(failure));
    } catch (IllegalArgumentException bad) {
      response.onError(
          Status.INVALID_ARGUMENT.withDescription(bad.getMessage()).asRuntimeException());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void stat(ContentName request, StreamObserver<ContentSize> out) {
    try {
      ContentHash hash = new ContentHash(request.getSha256());
      ContentSize.Builder size = ContentSize.newBuilder();
      if (store.holds(hash)) {
        size.setBytes(store.size(hash));
      }
      out.onNext(size.build());
      out.onCompleted();
    } catch (IOException failure) {
      out.onError(unavailable(failure));
    } catch (IllegalArgumentException bad) {
      out.onError(Status.INVALID_ARGUMENT.withDescription(bad.getMessage()).asRuntimeException());
    }
  }
}
