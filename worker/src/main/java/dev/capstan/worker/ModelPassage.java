package dev.capstan.worker;

import com.google.protobuf.ByteString;
import dev.capstan.api.worker.Chunk;
import dev.capstan.api.worker.ModelsGrpc;
import dev.capstan.sandbox.Passage;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Relays connections to the gateway of the server, over the channel that the worker has to it
 * anyway. Safe for many threads.
 */
final class ModelPassage implements Passage {
  private static final int PIECE = 16 << 10;

  private final ModelsGrpc.ModelsStub models;

  ModelPassage(ModelsGrpc.ModelsStub models) {
    this.models = models;
  }

  @Override
  public void pass(InputStream fromInside, OutputStream toInside) throws IOException {
    Back back = new Back(toInside);
    var forth = (ClientCallStreamObserver<Chunk>) models.connect(back);
    try {
      byte[] piece = new byte[PIECE];
      for (int read = fromInside.read(piece); read >= 0; read = fromInside.read(piece)) {
        back.awaitReady(forth);
        forth.onNext(Chunk.newBuilder().setContent(ByteString.copyFrom(piece, 0, read)).build());
      }
    } finally {
      forth.cancel("the connection was ended from inside", null);
      back.awaitEnd();
    }
  }

  /** What comes back. When that has ended, so has the connection. */
  private static final class Back implements ClientResponseObserver<Chunk, Chunk> {
    private final OutputStream out;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Semaphore ready = new Semaphore(0);
    private @Nullable ClientCallStreamObserver<Chunk> forth;

    Back(OutputStream out) {
      this.out = out;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Chunk> request) {
      forth = request;
      request.setOnReadyHandler(ready::release);
    }

    /** Waits while the server takes no more, so that nothing piles up here. */
    void awaitReady(ClientCallStreamObserver<Chunk> request) throws IOException {
      try {
        while (!request.isReady() && ended.getCount() > 0) {
          ready.acquire();
          ready.drainPermits();
        }
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted");
      }
    }

    void awaitEnd() {
      try {
        ended.await();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void onNext(Chunk piece) {
      try {
        piece.getContent().writeTo(out);
        out.flush();
      } catch (IOException gone) {
        ClientCallStreamObserver<Chunk> request = forth;
        if (request != null) {
          request.cancel("the connection was ended from inside", gone);
        }
      }
    }

    @Override
    public void onError(Throwable failure) {
      end();
    }

    @Override
    public void onCompleted() {
      end();
    }

    private void end() {
      ended.countDown();
      ready.release();
      try {
        out.close();
      } catch (IOException _) {
        // It is as good as closed.
      }
    }
  }
}
