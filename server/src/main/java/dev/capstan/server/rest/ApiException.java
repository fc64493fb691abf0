package dev.capstan.server.rest;

import dev.capstan.api.ErrorCode;

/** A request that cannot be answered as asked; becomes a problem+json. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  ApiException(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }

  public static ApiException invalid(String detail) {
    return new ApiException(ErrorCode.INVALID, detail);
  }

  public static ApiException forbidden(String detail) {
    return new ApiException(ErrorCode.FORBIDDEN, detail);
  }

  public static ApiException conflict(String detail) {
    return new ApiException(ErrorCode.CONFLICT, detail);
  }

  public static ApiException unauthenticated(String detail) {
    return new ApiException(ErrorCode.UNAUTHENTICATED, detail);
  }

  public static ApiException notFound(String detail) {
    return new ApiException(ErrorCode.NOT_FOUND, detail);
  }
}
