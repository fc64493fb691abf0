package dev.capstan.api;

/**
 * The kinds of error; the status of HTTP and the exit code of the command line follow from them.
 */
public enum ErrorCode {
  /** The request is wrong in itself. */
  INVALID(400, 2, "The request is not valid"),
  /** The token is missing or wrong. */
  UNAUTHENTICATED(401, 5, "The token is missing or wrong"),
  /** The token is good, but not for this. */
  FORBIDDEN(403, 5, "The token does not allow it"),
  /** There is no such thing. */
  NOT_FOUND(404, 2, "Not found"),
  /** The state of things does not allow it, or has changed since. */
  CONFLICT(409, 6, "Not possible in the present state"),
  /** The run is no longer at the version that was asked for. */
  STALE(412, 6, "The run has changed since"),
  /** The body is larger than is taken. */
  TOO_LARGE(413, 2, "The request is too large"),
  /** The body is of a type that is not taken, or no type that is wanted can be answered. */
  UNSUPPORTED(415, 2, "The media type is not supported"),
  /** The key of the request was used for another one. */
  KEY_REUSED(422, 2, "The key belongs to another request"),
  /** The token was used too often in a short time. */
  TOO_MANY(429, 7, "Too many requests"),
  /** Something that is needed is full or busy. */
  CAPACITY(503, 7, "Not possible at the moment"),
  /** A fault of Capstan. */
  INTERNAL(500, 70, "Internal error");

  private final int httpStatus;
  private final int exitCode;
  private final String title;

  ErrorCode(int httpStatus, int exitCode, String title) {
    this.httpStatus = httpStatus;
    this.exitCode = exitCode;
    this.title = title;
  }

  public int httpStatus() {
    return httpStatus;
  }

  public int exitCode() {
    return exitCode;
  }

  public String title() {
    return title;
  }
}
