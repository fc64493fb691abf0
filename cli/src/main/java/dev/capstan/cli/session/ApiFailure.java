package dev.capstan.cli.session;

import dev.capstan.api.ErrorCode;

/**
 * The server's refusal, or that it cannot be reached; ends the command with the code's exit code.
 */
public final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final ErrorCode code;

  public ApiFailure(ErrorCode code, String detail) {
    super(detail);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
