package dev.capstan.worker;

import dev.capstan.api.worker.ModelKey;
import dev.capstan.api.worker.ModelsGrpc;
import dev.capstan.api.worker.ModelsWanted;
import dev.capstan.control.LeasedTask;
import dev.capstan.core.account.Purpose;
import dev.capstan.engines.ModelAccess;
import dev.capstan.worker.protocol.BearerToken;
import dev.capstan.worker.protocol.LeaseHeader;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where attempts get their way to language models: at the server, on whatever machine they are, so
 * that the providers' keys never leave it. Safe for many threads.
 */
public final class ModelDoor {
  private static final Logger LOG = LoggerFactory.getLogger(ModelDoor.class);
  private static final int CLOSE_SECONDS = 10;

  private final Channel channel;
  private final BearerToken token;

  /**
   * Leads through that channel.
   *
   * @param token lets this worker in
   */
  public ModelDoor(Channel channel, String token) {
    this.channel = channel;
    this.token = new BearerToken(token);
  }

  /**
   * A way for one attempt, in the name of its task's lease.
   *
   * @param prompt what is asked with, for the record of calls; may be ""
   * @param withheld hashes of lines that no model may read
   * @throws TaskFailed if the server has no models
   */
  Opened open(
      LeasedTask leased,
      String step,
      int attempt,
      Purpose purpose,
      String prompt,
      Set<String> withheld) {
    Metadata headers = new Metadata();
    headers.put(LeaseHeader.KEY, LeaseHeader.of(leased.lease()));
    ClientInterceptor lease = MetadataUtils.newAttachHeadersInterceptor(headers);
    ModelsGrpc.ModelsBlockingStub models =
        ModelsGrpc.newBlockingStub(channel).withCallCredentials(token).withInterceptors(lease);
    try {
      ModelKey key =
          models.open(
              ModelsWanted.newBuilder()
                  .setStep(step)
                  .setAttempt(attempt)
                  .setVerifies(purpose == Purpose.VERIFICATION)
                  .setPrompt(prompt)
                  .addAllWithheld(withheld)
                  .build());
      return new Opened(
          models,
          key,
          new ModelPassage(
              ModelsGrpc.newStub(channel).withCallCredentials(token).withInterceptors(lease)));
    } catch (StatusRuntimeException refused) {
      if (refused.getStatus().getCode() == Status.Code.FAILED_PRECONDITION) {
        throw TaskFailed.terminal(String.valueOf(refused.getStatus().getDescription()));
      }
      throw refused;
    }
  }

  /** A way that is open. Closing waits until what was spent on it is recorded. */
  static final class Opened implements AutoCloseable {
    private final ModelsGrpc.ModelsBlockingStub models;
    private final ModelKey key;
    private final ModelPassage passage;

    private Opened(ModelsGrpc.ModelsBlockingStub models, ModelKey key, ModelPassage passage) {
      this.models = models;
      this.key = key;
      this.passage = passage;
    }

    ModelAccess access() {
      return new ModelAccess(key.getKey(), passage);
    }

    @Override
    public void close() {
      try {
        var _ = models.withDeadlineAfter(CLOSE_SECONDS, TimeUnit.SECONDS).close(key);
      } catch (StatusRuntimeException failure) {
        LOG.debug("the key ends with its lease: {}", failure.getStatus());
      }
    }
  }
}
