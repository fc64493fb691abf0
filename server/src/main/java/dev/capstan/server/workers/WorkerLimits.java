package dev.capstan.server.workers;

/**
 * What workers on other machines may have of one server. They all belong to its first organisation,
 * so what holds for all of them holds for it.
 *
 * @param sessions of all workers together
 * @param sessionsPerToken of those that share a token
 * @param tasksPerSession that one worker may do side by side
 * @param messageBytes of one message
 * @param artifactBytes of one artifact
 */
public record WorkerLimits(
    int sessions, int sessionsPerToken, int tasksPerSession, int messageBytes, long artifactBytes) {
  /** What a connection carries at most, whatever is allowed. */
  static final int LARGEST_MESSAGE = 64 << 20;

  /** No narrower than what the protocol can carry. */
  public static final WorkerLimits NONE =
      new WorkerLimits(
          Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, LARGEST_MESSAGE, Long.MAX_VALUE);
}
