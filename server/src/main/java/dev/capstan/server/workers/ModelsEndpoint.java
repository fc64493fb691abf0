package dev.capstan.server.workers;

import com.google.protobuf.ByteString;
import dev.capstan.api.worker.Chunk;
import dev.capstan.api.worker.Closed;
import dev.capstan.api.worker.ModelKey;
import dev.capstan.api.worker.ModelsGrpc;
import dev.capstan.api.worker.ModelsWanted;
import dev.capstan.control.TaskQueue.Held;
import dev.capstan.core.account.Purpose;
import dev.capstan.models.Session;
import dev.capstan.models.records.Asker;
import dev.capstan.models.secrecy.Redaction;
import dev.capstan.models.secrecy.SecretFinder;
import dev.capstan.models.secrecy.WithheldLines;
import dev.capstan.server.models.ModelServer;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Set;

/** Gives keys for models to attempts, and relays their connections to the gateway alone. */
final class ModelsEndpoint extends ModelsGrpc.ModelsImplBase {
  private static final int PIECE = 16 << 10;

  private final ModelServer models;
  private final SecretFinder secrets;

  ModelsEndpoint(ModelServer models, SecretFinder secrets) {
    this.models = models;
    this.secrets = secrets;
  }

  @Override
  public void open(ModelsWanted wanted, StreamObserver<ModelKey> out) {
    if (!models.hasModels()) {
      out.onError(
          Status.FAILED_PRECONDITION
              .withDescription(
                  "this work needs a language model, and none is configured: see docs/models.md")
              .asRuntimeException());
      return;
    }
    Held held = LeaseGuard.held();
    Asker asker =
        new Asker(
            held.run(),
            held.project(),
            wanted.getStep(),
            wanted.getAttempt(),
            wanted.getVerifies() ? Purpose.VERIFICATION : Purpose.WORK,
            wanted.getPrompt());
    WithheldLines withheld = new WithheldLines(Set.copyOf(wanted.getWithheldList()));
    Session session = new Session(asker, new Redaction(secrets, withheld));
    out.onNext(ModelKey.newBuilder().setKey(models.issue(LeaseGuard.lease(), session)).build());
    out.onCompleted();
  }

  @Override
  public void close(ModelKey key, StreamObserver<Closed> out) {
    try {
      String fault = models.revoke(key.getKey(), LeaseGuard.lease());
      out.onNext(Closed.newBuilder().setFault(fault).build());
      out.onCompleted();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      out.onError(Status.CANCELLED.asRuntimeException());
    }
  }

  @Override
  public StreamObserver<Chunk> connect(StreamObserver<Chunk> out) {
    try {
      Socket socket = new Socket(models.address().getAddress(), models.address().getPort());
      socket.setTcpNoDelay(true);
      Relay relay = new Relay(socket, (ServerCallStreamObserver<Chunk>) out);
      Thread.ofVirtual().name("capstan-model-relay").start(relay::back);
      return relay;
    } catch (IOException failure) {
      throw Status.UNAVAILABLE.withCause(failure).asRuntimeException();
    }
  }

  /**
   * One connection. What comes from the attempt comes in one thread, what goes to it in another.
   */
  private final class Relay implements StreamObserver<Chunk> {
    private final Socket socket;
    private final int port;
    private final ServerCallStreamObserver<Chunk> out;

    Relay(Socket socket, ServerCallStreamObserver<Chunk> out) {
      this.socket = socket;
      this.port = socket.getLocalPort();
      this.out = out;
      out.setOnCancelHandler(this::end);
    }

    void back() {
      try (socket) {
        InputStream in = socket.getInputStream();
        byte[] piece = new byte[PIECE];
        for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
          out.onNext(Chunk.newBuilder().setContent(ByteString.copyFrom(piece, 0, read)).build());
        }
        out.onCompleted();
      } catch (IOException | RuntimeException _) {
        // One side is gone, and so is this connection.
        end();
      }
    }

    @Override
    public void onNext(Chunk piece) {
      try {
        piece.getContent().writeTo(socket.getOutputStream());
      } catch (IOException _) {
        end();
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
      models.ended(port);
      try {
        socket.close();
      } catch (IOException _) {
        // It is as good as closed.
      }
    }
  }
}
