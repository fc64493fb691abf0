package dev.capstan.server.auth;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;

/** Ends calls that send a message which is too large, and says so. */
public final class MessageLimit implements ServerInterceptor {
  private final int most;
  private final Refusal refusal;

  /** What becomes of a refusal; called within the call's context. */
  @FunctionalInterface
  public interface Refusal {
    void told(ServerCall<?, ?> call, String why);
  }

  /** {@code most} is in bytes, of each message. */
  public MessageLimit(int most, Refusal refusal) {
    this.most = most;
    this.refusal = refusal;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      private boolean refused;

      @Override
      public void onMessage(Q message) {
        if (refused) {
          return;
        }
        if (!(message instanceof MessageLite sized) || sized.getSerializedSize() <= most) {
          super.onMessage(message);
          return;
        }
        refused = true;
        String why = BodyTooLarge.words(most);
        refusal.told(call, why);
        call.close(Status.RESOURCE_EXHAUSTED.withDescription("TOO_LARGE: " + why), new Metadata());
        super.onCancel();
      }

      @Override
      public void onHalfClose() {
        if (!refused) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        if (!refused) {
          super.onCancel();
        }
      }

      @Override
      public void onComplete() {
        if (!refused) {
          super.onComplete();
        }
      }
    };
  }
}
