package dev.capstan.engines.chat;

/** The port to whoever answers requests to models: the gateway. */
public interface Transport {
  /**
   * Posts JSON to a path such as {@code /v1/messages}, and waits for the whole answer.
   *
   * @throws ModelUnreachable if none came
   */
  Response post(String path, String json) throws InterruptedException;

  /** An answer, of any status. */
  record Response(int status, String body) {}

  /** There was no answer. */
  final class ModelUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1;

    public ModelUnreachable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
