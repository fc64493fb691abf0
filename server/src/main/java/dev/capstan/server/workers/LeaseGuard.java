package dev.capstan.server.workers;

import dev.capstan.control.Lease;
import dev.capstan.control.TaskQueue;
import dev.capstan.control.TaskQueue.Held;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.worker.protocol.LeaseHeader;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** Lets through calls in the name of a lease that is held, for what that lease's task concerns. */
final class LeaseGuard implements ServerInterceptor {
  private static final Context.Key<Held> HELD = Context.key("held");
  private static final Context.Key<Lease> LEASE = Context.key("lease");

  private final TaskQueue queue;

  LeaseGuard(TaskQueue queue) {
    this.queue = queue;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Optional<Lease> lease =
        Optional.ofNullable(headers.get(LeaseHeader.KEY)).flatMap(LeaseHeader::parse);
    Optional<Held> held;
    try {
      held = DatabaseOutage.told(() -> lease.flatMap(queue::held));
    } catch (StatusRuntimeException outage) {
      call.close(outage.getStatus(), new Metadata());
      return new ServerCall.Listener<>() {};
    }
    if (held.isEmpty()) {
      call.close(
          Status.PERMISSION_DENIED.withDescription(
              "send \"" + LeaseHeader.NAME + ": TASK.TOKEN\" of a lease that is held"),
          new Metadata());
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(
        Context.current().withValue(HELD, held.get()).withValue(LEASE, lease.get()),
        call,
        headers,
        next);
  }

  /** In whose name this call is made. */
  static Lease lease() {
    return LEASE.get();
  }

  /** What that is for. */
  static Held held() {
    return HELD.get();
  }

  /** The run, if it is the one of this call's lease. */
  static RunId run(String given) {
    RunId run = HELD.get().run();
    if (!run.value().equals(given)) {
      throw denied("run " + given);
    }
    return run;
  }

  /** The project, if it is the one of this call's lease. */
  static ProjectId project(String given) {
    ProjectId project = HELD.get().project();
    if (!project.value().equals(given)) {
      throw denied("project " + given);
    }
    return project;
  }

  private static RuntimeException denied(String what) {
    return Status.PERMISSION_DENIED
        .withDescription("the lease is not for " + what)
        .asRuntimeException();
  }
}
