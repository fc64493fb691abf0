package dev.capstan.server;

import com.google.protobuf.ByteString;
import dev.capstan.api.worker.Answer;
import dev.capstan.api.worker.ArtifactContentGrpc;
import dev.capstan.api.worker.Chunk;
import dev.capstan.api.worker.ContentName;
import dev.capstan.api.worker.FromWorker;
import dev.capstan.api.worker.Reports;
import dev.capstan.api.worker.ToWorker;
import dev.capstan.api.worker.WorkerProtocolGrpc;
import dev.capstan.control.Capabilities;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.core.ContentHash;
import dev.capstan.core.run.Baseline;
import dev.capstan.core.run.RunCommand;
import dev.capstan.worker.protocol.BearerToken;
import dev.capstan.worker.protocol.LeaseHeader;
import dev.capstan.worker.protocol.Messages;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A session of a worker on a channel of its own, by the generated client. */
final class WireWorker implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 30;

  private final ManagedChannel channel;
  private final BearerToken token;
  private final BlockingQueue<ToWorker> received = new LinkedBlockingQueue<>();
  private final CompletableFuture<Boolean> letIn = new CompletableFuture<>();
  private final CompletableFuture<Status> ended = new CompletableFuture<>();
  private final StreamObserver<FromWorker> out;

  private WireWorker(URI address, String token) {
    this.channel =
        ManagedChannelBuilder.forAddress(address.getHost(), address.getPort())
            .usePlaintext()
            .build();
    this.token = new BearerToken(token);
    this.out =
        WorkerProtocolGrpc.newStub(channel)
            .withCallCredentials(this.token)
            .connect(new Receiver(received, letIn, ended));
  }

  /** One that does a task at a time. */
  static WireWorker connect(URI address, String token, String name, Set<Lease> held) {
    return connect(address, token, name, 1, held);
  }

  /** One that does so many; its process is known by its name. */
  static WireWorker connect(URI address, String token, String name, int tasks, Set<Lease> held) {
    WireWorker worker = new WireWorker(address, token);
    Capabilities able = new Capabilities(Set.of("baseline"), Set.of(), Set.of());
    Profile profile = new Profile(name, name + "-1", "test", tasks, able);
    worker.out.onNext(FromWorker.newBuilder().setHello(Messages.hello(profile, held)).build());
    return worker;
  }

  /** Waits until the server has let it in. */
  WireWorker welcomed() throws Exception {
    if (!isLetIn()) {
      throw new AssertionError("it was refused: " + ended());
    }
    return this;
  }

  /** Whether the server has let it in; waits until it has, or has not. */
  boolean isLetIn() throws Exception {
    return letIn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Why the server has ended the session; waits until it has. */
  Status ended() throws Exception {
    return ended.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  LeasedTask assigned() throws InterruptedException {
    return await(message ->
        message.hasAssignments()
            ? Optional.of(Messages.task(message.getAssignments().getAssignments(0)))
            : Optional.empty());
  }

  Set<Lease> stopped() throws InterruptedException {
    return await(message ->
        message.hasStop() ? Optional.of(Messages.leases(message.getStop())) : Optional.empty());
  }

  Answer report(LeasedTask task, String summary) throws InterruptedException {
    send(task, summary);
    return await(message ->
        message.hasAnswers() ? Optional.of(message.getAnswers().getAnswers(0)) : Optional.empty());
  }

  /** Reports a baseline, and waits for nothing. */
  void send(LeasedTask task, String summary) {
    RunCommand measured =
        new RunCommand.ReportBaseline(
            new Baseline(new ContentHash("a".repeat(64)), "recipe", summary));
    out.onNext(
        FromWorker.newBuilder()
            .setReports(Reports.newBuilder().addReports(Messages.report(task, measured)))
            .build());
  }

  /** How an artifact of so many bytes was taken in the name of a lease. */
  Status upload(Lease lease, int bytes) throws Exception {
    CompletableFuture<Status> answer = new CompletableFuture<>();
    LeaseHeader.enter(lease);
    try {
      StreamObserver<Chunk> chunks =
          ArtifactContentGrpc.newStub(channel)
              .withCallCredentials(token)
              .withInterceptors(new LeaseHeader())
              .upload(new Ending<ContentName>(answer));
      chunks.onNext(Chunk.newBuilder().setContent(ByteString.copyFrom(new byte[bytes])).build());
      chunks.onCompleted();
    } finally {
      LeaseHeader.leave();
    }
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The first message of that kind; what comes before it is passed over. */
  private <T> T await(Function<ToWorker, Optional<T>> wanted) throws InterruptedException {
    while (true) {
      @Nullable ToWorker message = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
      Optional<T> found = wanted.apply(Objects.requireNonNull(message, "nothing came"));
      if (found.isPresent()) {
        return found.get();
      }
    }
  }

  /** As a cable that is cut. */
  void cut() {
    channel.shutdownNow();
  }

  @Override
  public void close() {
    cut();
  }

  private record Receiver(
      BlockingQueue<ToWorker> received,
      CompletableFuture<Boolean> letIn,
      CompletableFuture<Status> ended)
      implements StreamObserver<ToWorker> {
    @Override
    public void onNext(ToWorker message) {
      if (message.hasWelcome()) {
        letIn.complete(true);
      }
      received.add(message);
    }

    @Override
    public void onError(Throwable cut) {
      letIn.complete(false);
      ended.complete(Status.fromThrowable(cut));
    }

    @Override
    public void onCompleted() {
      letIn.complete(false);
      ended.complete(Status.OK);
    }
  }

  private record Ending<T>(CompletableFuture<Status> answer) implements StreamObserver<T> {
    @Override
    public void onNext(T taken) {
      // its end says how it went
    }

    @Override
    public void onError(Throwable failure) {
      answer.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
      answer.complete(Status.OK);
    }
  }
}
