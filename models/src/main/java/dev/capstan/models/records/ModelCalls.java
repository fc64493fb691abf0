package dev.capstan.models.records;

/** The port to where calls are recorded. */
public interface ModelCalls {
  /**
   * Keeps a call.
   *
   * @param recording the request as it was sent and the answer as it came, as JSON
   */
  void add(ModelCall call, String recording);
}
