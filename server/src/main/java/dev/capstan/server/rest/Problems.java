package dev.capstan.server.rest;

import dev.capstan.api.ErrorCode;
import dev.capstan.api.Problem;
import dev.capstan.control.Reply;
import dev.capstan.core.run.Refusal;
import dev.capstan.server.auth.BodyTooLarge;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Every error as problem+json: the one place where codes are chosen. */
@RestControllerAdvice
public final class Problems {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  /** Answers with the version, or throws what stood against it. */
  public static long accepted(Reply reply) {
    return switch (reply) {
      case Reply.Accepted(var version) -> version;
      case Reply.Refused(var refusal) -> throw refused(refusal);
      case Reply.Conflict(var expected, var actual) ->
          throw new ApiException(
              ErrorCode.STALE,
              "the run is at version "
                  + actual
                  + ", not at "
                  + expected
                  + ": look again, then repeat");
      case Reply.LeaseLost _ -> throw new ApiException(ErrorCode.CONFLICT, "the lease was lost");
    };
  }

  static ApiException refused(Refusal refusal) {
    return new ApiException(code(refusal), refusal.message());
  }

  private static ErrorCode code(Refusal refusal) {
    return switch (refusal) {
      case Refusal.BadPlan _ -> ErrorCode.INVALID;
      case Refusal.NoSuchRun _, Refusal.NoSuchStep _ -> ErrorCode.NOT_FOUND;
      case Refusal.AlreadyExists _,
          Refusal.RunEnded _,
          Refusal.NotNow _,
          Refusal.StepNotNow _,
          Refusal.ToldEnough _,
          Refusal.NothingVerified _,
          Refusal.NothingToContinue _,
          Refusal.Stale _ ->
          ErrorCode.CONFLICT;
    };
  }

  @ExceptionHandler(ApiException.class)
  ResponseEntity<Problem> refused(ApiException refused) {
    return problem(refused.code(), String.valueOf(refused.getMessage()));
  }

  @ExceptionHandler(IllegalArgumentException.class)
  ResponseEntity<Problem> invalid(IllegalArgumentException invalid) {
    return problem(ErrorCode.INVALID, String.valueOf(invalid.getMessage()));
  }

  @ExceptionHandler(HttpMessageNotReadableException.class)
  ResponseEntity<Problem> unreadable(HttpMessageNotReadableException unreadable) {
    if (unreadable.getRootCause() instanceof BodyTooLarge large) {
      return tooLarge(large);
    }
    return problem(ErrorCode.INVALID, "the body is not a valid request: " + why(unreadable));
  }

  @ExceptionHandler(BodyTooLarge.class)
  ResponseEntity<Problem> tooLarge(BodyTooLarge large) {
    return problem(ErrorCode.TOO_LARGE, String.valueOf(large.getMessage()));
  }

  private static String why(HttpMessageNotReadableException unreadable) {
    if (!(unreadable.getCause() instanceof JacksonException json)) {
      return "it is empty";
    }
    String place = place(json);
    TokenStreamLocation at = json.getLocation();
    String where =
        at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    return where + (place.isEmpty() ? "" : place + ": ") + what(json);
  }

  private static String place(JacksonException json) {
    StringBuilder place = new StringBuilder();
    for (JacksonException.Reference part : json.getPath()) {
      if (part.getPropertyName() == null) {
        place.append('[').append(part.getIndex()).append(']');
      } else {
        place.append(place.isEmpty() ? "" : ".").append(part.getPropertyName());
      }
    }
    return place.toString();
  }

  private static String what(JacksonException json) {
    if (json instanceof UnrecognizedPropertyException unknown) {
      return "there is no such field; the fields are " + unknown.getKnownPropertyIds();
    }
    return json.getCause() instanceof NullPointerException
        ? "a list or field that is needed is missing or null"
        : json.getOriginalMessage().lines().findFirst().orElse("");
  }

  @ExceptionHandler(MethodArgumentTypeMismatchException.class)
  ResponseEntity<Problem> mistyped(MethodArgumentTypeMismatchException mistyped) {
    return problem(
        ErrorCode.INVALID,
        "the parameter " + mistyped.getName() + " cannot be \"" + mistyped.getValue() + '"');
  }

  @ExceptionHandler(Exception.class)
  ResponseEntity<Problem> failed(Exception failure) {
    if (failure instanceof ErrorResponse known && known.getStatusCode().is4xxClientError()) {
      return problem(code(known.getStatusCode().value()), String.valueOf(failure.getMessage()));
    }
    LOG.error("a request failed", failure);
    return problem(
        ErrorCode.INTERNAL,
        "Something went wrong in Capstan; its log says more: "
            + failure.getClass().getSimpleName());
  }

  private static ErrorCode code(int status) {
    return switch (status) {
      case 404 -> ErrorCode.NOT_FOUND;
      case 413 -> ErrorCode.TOO_LARGE;
      case 406, 415 -> ErrorCode.UNSUPPORTED;
      default -> ErrorCode.INVALID;
    };
  }

  private static ResponseEntity<Problem> problem(ErrorCode code, String detail) {
    return ResponseEntity.status(code.httpStatus())
        .contentType(MediaType.APPLICATION_PROBLEM_JSON)
        .body(new Problem(code.httpStatus(), code, code.title(), detail));
  }
}
