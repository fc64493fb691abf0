package dev.capstan.server.auth;

import dev.capstan.api.ErrorCode;
import dev.capstan.control.access.Scope;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Lets a request through to its handler if whoever asks may use it. */
public final class Rules implements HandlerInterceptor {
  private static final String OWN = "dev.capstan.";

  private final Callers callers;
  private final Refusals refusals;

  public Rules(Callers callers, Refusals refusals) {
    this.callers = callers;
    this.refusals = refusals;
  }

  /** Throws {@link IllegalStateException} if a handler has no rule, or more than one. */
  public static void requireAll(RequestMappingHandlerMapping mapping) {
    List<String> without =
        mapping.getHandlerMethods().values().stream()
            .filter(handler -> handler.getBeanType().getName().startsWith(OWN))
            .filter(handler ->
                handler.hasMethodAnnotation(Allowed.class)
                    == handler.hasMethodAnnotation(Open.class))
            .map(HandlerMethod::getShortLogMessage)
            .toList();
    if (!without.isEmpty()) {
      throw new IllegalStateException("these need one of @Allowed and @Open: " + without);
    }
  }

  /** The addresses that need no token. */
  public static Set<String> open(RequestMappingHandlerMapping mapping) {
    return mapping.getHandlerMethods().entrySet().stream()
        .filter(one -> one.getValue().hasMethodAnnotation(Open.class))
        .flatMap(one -> one.getKey().getPatternValues().stream())
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
      throws IOException {
    if (request.getDispatcherType() != DispatcherType.REQUEST) {
      return true;
    }
    if (handler instanceof HandlerMethod method && method.hasMethodAnnotation(Open.class)) {
      return true;
    }
    if (!callers.isAnybody()) {
      refusals.unauthenticated(request, response);
      return false;
    }
    return !(handler instanceof HandlerMethod method) || allowed(method, request, response);
  }

  private boolean allowed(
      HandlerMethod method, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Allowed rule = method.getMethodAnnotation(Allowed.class);
    Scope needed = rule == null ? Scope.ADMIN : rule.value();
    Caller caller = callers.current();
    if (caller.scope().covers(needed)) {
      return true;
    }
    refusals.refuse(
        request,
        response,
        ErrorCode.FORBIDDEN,
        "This needs a token of scope "
            + needed.word()
            + ", and that of "
            + caller.actor()
            + " has scope "
            + caller.scope().word()
            + ". An admin makes one with capstan token create NAME --scope "
            + needed.word()
            + '.');
    return false;
  }
}
