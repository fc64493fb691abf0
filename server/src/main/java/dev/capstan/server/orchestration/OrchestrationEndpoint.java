package dev.capstan.server.orchestration;

import dev.capstan.api.Action;
import dev.capstan.api.ActionRequest;
import dev.capstan.api.CreateRun;
import dev.capstan.api.ErrorCode;
import dev.capstan.api.RunView;
import dev.capstan.api.orchestration.ActRequest;
import dev.capstan.api.orchestration.CreateRunRequest;
import dev.capstan.api.orchestration.Event;
import dev.capstan.api.orchestration.ListRunsRequest;
import dev.capstan.api.orchestration.OrchestrationGrpc;
import dev.capstan.api.orchestration.Run;
import dev.capstan.api.orchestration.RunLine;
import dev.capstan.api.orchestration.RunList;
import dev.capstan.api.orchestration.RunRequest;
import dev.capstan.api.orchestration.WatchRequest;
import dev.capstan.control.RunService.Request;
import dev.capstan.control.access.AuditLog;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.RunQueries;
import dev.capstan.control.records.RunQueries.Wanted;
import dev.capstan.core.RunId;
import dev.capstan.server.auth.Caller;
import dev.capstan.server.auth.Callers;
import dev.capstan.server.auth.LiveTokens;
import dev.capstan.server.auth.MessageLimit;
import dev.capstan.server.rest.ApiException;
import dev.capstan.server.rest.Bodies;
import dev.capstan.server.rest.EventViews;
import dev.capstan.server.rest.Problems;
import dev.capstan.server.rest.RunActions;
import dev.capstan.server.rest.RunStart;
import dev.capstan.server.rest.ShownRuns;
import io.grpc.ServerCall;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Answers calls with what REST's services say, on behalf of whoever calls. */
public final class OrchestrationEndpoint extends OrchestrationGrpc.OrchestrationImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(OrchestrationEndpoint.class);
  private static final int MOST = 1_000;
  private static final int PAGE = 500;
  private static final Duration LOOK = Duration.ofSeconds(2);

  private final RunStart start;
  private final RunActions actions;
  private final ShownRuns shown;
  private final RunQueries queries;
  private final Callers callers;
  private final AuditLog audit;
  private final LiveTokens tokens;

  public OrchestrationEndpoint(
      RunStart start,
      RunActions actions,
      ShownRuns shown,
      RunQueries queries,
      Callers callers,
      AuditLog audit,
      LiveTokens tokens) {
    this.start = start;
    this.actions = actions;
    this.shown = shown;
    this.queries = queries;
    this.callers = callers;
    this.audit = audit;
    this.tokens = tokens;
  }

  /** The service with its guard before it; {@code messageBytes} is what a call may send. */
  public ServerServiceDefinition guarded(TokenGuard guard, int messageBytes) {
    return ServerInterceptors.intercept(
        this, new MessageLimit(messageBytes, this::refusedSize), guard);
  }

  private void refusedSize(ServerCall<?, ?> call, String why) {
    String method = String.valueOf(call.getMethodDescriptor().getBareMethodName());
    audit.add(Audits.entry(Optional.of(TokenGuard.CALLER.get()), method, "", false, why));
  }

  @Override
  public void createRun(CreateRunRequest request, StreamObserver<Run> answer) {
    answer(
        answer,
        "CreateRun",
        "",
        () -> {
          CreateRun wished =
              Bodies.complete(
                  JsonMapper.shared().readValue(request.getDocument(), CreateRun.class));
          start.create(wished, request(0));
          return run(wished.id());
        });
  }

  @Override
  public void getRun(RunRequest request, StreamObserver<Run> answer) {
    answer(answer, "", request.getId(), () -> run(request.getId()));
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<RunList> answer) {
    answer(
        answer,
        "",
        "",
        () -> {
          int most = Math.clamp(request.getLimit(), 1, MOST);
          Wanted wanted =
              new Wanted(request.getProject(), request.getStatus(), "", Optional.empty());
          return RunList.newBuilder()
              .addAllRuns(
                  queries.list(wanted, Optional.empty(), most).stream()
                      .map(OrchestrationEndpoint::line)
                      .toList())
              .build();
        });
  }

  @Override
  public void act(ActRequest request, StreamObserver<Run> answer) {
    answer(
        answer,
        "Act " + request.getAction(),
        request.getId(),
        () -> {
          Action action = RunActions.action(request.getAction());
          Scope needed = Rights.of(action);
          if (!callers.current().scope().covers(needed)) {
            throw ApiException.forbidden(Rights.lacking(callers.current(), needed));
          }
          RunId run = shown.find(request.getId()).run().brief().run();
          Problems.accepted(
              actions.act(
                  run,
                  action,
                  new ActionRequest(request.getStep(), request.getComment()),
                  request(request.getExpectedVersion())));
          return run(request.getId());
        });
  }

  @Override
  public void watchEvents(WatchRequest request, StreamObserver<Event> answer) {
    Caller caller = TokenGuard.CALLER.get();
    var client = (ServerCallStreamObserver<Event>) answer;
    try (LiveTokens.Stream _ = tokens.watch(caller)) {
      client.setOnCancelHandler(() -> LOG.debug("a client watches no more"));
      callers.as(
          caller,
          () -> {
            watch(
                shown.find(request.getId()).run().brief().run(), request.getAfterVersion(), client);
            return caller;
          });
    } catch (InterruptedException _) {
      client.onError(
          Status.UNAUTHENTICATED
              .withDescription("UNAUTHENTICATED: the token is good no more")
              .asRuntimeException());
    } catch (Exception failure) {
      client.onError(status(failure).asRuntimeException());
    }
  }

  /** Until the client goes. */
  private void watch(RunId run, long after, ServerCallStreamObserver<Event> client)
      throws InterruptedException {
    long version = after;
    while (!client.isCancelled()) {
      long seen = queries.changeCount();
      List<RunQueries.Recorded> events =
          client.isReady() ? queries.events(run, version, PAGE) : List.of();
      for (RunQueries.Recorded event : events) {
        version = event.version();
        client.onNext(event(event));
      }
      if (events.isEmpty()) {
        queries.awaitChange(seen, LOOK);
      }
    }
  }

  private static Event event(RunQueries.Recorded event) {
    return Event.newBuilder()
        .setVersion(event.version())
        .setType(event.type())
        .setDocument(JsonMapper.shared().writeValueAsString(EventViews.view(event)))
        .build();
  }

  private Run run(String id) {
    RunView view = shown.view(shown.find(id));
    return Run.newBuilder()
        .setId(view.id())
        .setProject(view.project())
        .setStatus(view.status())
        .setVersion(view.version())
        .setDocument(JsonMapper.shared().writeValueAsString(view))
        .build();
  }

  private static RunLine line(RunQueries.Summary run) {
    return RunLine.newBuilder()
        .setId(run.run().value())
        .setProject(run.project().value())
        .setGoal(run.goal())
        .setStatus(run.status())
        .setVersion(run.version())
        .build();
  }

  private Request request(long expectedVersion) {
    return new Request(callers.current().actor(), UUID.randomUUID().toString(), expectedVersion);
  }

  /** Does it for whoever calls; what may have changed something has a name in the audit. */
  private <A> void answer(StreamObserver<A> to, String audited, String resource, Callable<A> work) {
    Caller caller = TokenGuard.CALLER.get();
    try {
      A answer = callers.as(caller, work);
      note(caller, audited, resource, true, "OK");
      to.onNext(answer);
      to.onCompleted();
    } catch (Exception failure) {
      Status status = status(failure);
      boolean allowed = status.getCode() != Status.Code.PERMISSION_DENIED;
      note(caller, audited, resource, allowed, String.valueOf(status.getDescription()));
      to.onError(status.asRuntimeException());
    }
  }

  private void note(
      Caller caller, String audited, String resource, boolean allowed, String reason) {
    if (!audited.isEmpty()) {
      audit.add(Audits.entry(Optional.of(caller), audited, resource, allowed, reason));
    }
  }

  private static Status status(Exception failure) {
    return switch (failure) {
      case ApiException refused -> status(refused.code(), String.valueOf(refused.getMessage()));
      case IllegalArgumentException invalid ->
          status(ErrorCode.INVALID, String.valueOf(invalid.getMessage()));
      case JacksonException invalid ->
          status(ErrorCode.INVALID, "the document is not valid: " + invalid.getOriginalMessage());
      default -> {
        LOG.error("a call failed", failure);
        yield status(ErrorCode.INTERNAL, "something went wrong in Capstan; its log says more");
      }
    };
  }

  private static Status status(ErrorCode code, String detail) {
    Status status =
        switch (code) {
          case INVALID, TOO_LARGE, UNSUPPORTED, KEY_REUSED -> Status.INVALID_ARGUMENT;
          case UNAUTHENTICATED -> Status.UNAUTHENTICATED;
          case FORBIDDEN -> Status.PERMISSION_DENIED;
          case NOT_FOUND -> Status.NOT_FOUND;
          case CONFLICT -> Status.FAILED_PRECONDITION;
          case STALE -> Status.ABORTED;
          case TOO_MANY, CAPACITY -> Status.UNAVAILABLE;
          case INTERNAL -> Status.INTERNAL;
        };
    String prefix = code.name() + ": ";
    return status.withDescription(detail.startsWith(prefix) ? detail : prefix + detail);
  }
}
