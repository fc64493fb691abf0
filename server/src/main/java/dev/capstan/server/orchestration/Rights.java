package dev.capstan.server.orchestration;

import dev.capstan.api.Action;
import dev.capstan.control.access.Scope;
import dev.capstan.server.auth.Caller;
import org.jspecify.annotations.Nullable;

/** Which scope each call needs; REST says the same of its counterpart. */
final class Rights {
  private Rights() {}

  /** A call that is not known here needs the highest. */
  static Scope of(@Nullable String method) {
    return switch (String.valueOf(method)) {
      case "GetRun", "ListRuns", "WatchEvents" -> Scope.READER;
      case "CreateRun", "Act" -> Scope.OPERATOR;
      default -> Scope.ADMIN;
    };
  }

  static Scope of(Action action) {
    return switch (action) {
      case APPROVE, REJECT -> Scope.MAINTAINER;
      case START,
          RETRY,
          CONTINUE,
          SKIP,
          ANSWER,
          INSTRUCT,
          VERIFY,
          RERUN,
          DELIVER,
          NEXT,
          HALT,
          LIFT,
          STOP_AFTER,
          GO_ON_AFTER,
          PAUSE,
          RESUME,
          CANCEL ->
          Scope.OPERATOR;
    };
  }

  static String lacking(Caller caller, Scope needed) {
    return "FORBIDDEN: this needs a token of scope "
        + needed.word()
        + ", and that of "
        + caller.actor()
        + " has scope "
        + caller.scope().word();
  }
}
