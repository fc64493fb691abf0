package dev.capstan.server.workers;

import dev.capstan.api.worker.Answer;
import dev.capstan.api.worker.Answers;
import dev.capstan.api.worker.Drain;
import dev.capstan.api.worker.FromWorker;
import dev.capstan.api.worker.Hello;
import dev.capstan.api.worker.Instructions;
import dev.capstan.api.worker.Renewed;
import dev.capstan.api.worker.Report;
import dev.capstan.api.worker.ToWorker;
import dev.capstan.api.worker.Welcome;
import dev.capstan.api.worker.WorkerProtocolGrpc;
import dev.capstan.control.CommandLoop;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.Reply;
import dev.capstan.control.dispatch.Dispatcher;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.control.dispatch.Seat;
import dev.capstan.core.Actor;
import dev.capstan.server.workers.Gatekeeper.Reason;
import dev.capstan.server.workers.WorkerServer.Listening;
import dev.capstan.worker.protocol.Gathering;
import dev.capstan.worker.protocol.Messages;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seats each worker that connects at the dispatcher, and hands its reports to the runs. */
final class WorkerEndpoint extends WorkerProtocolGrpc.WorkerProtocolImplBase {
  private static final Logger LOG = LoggerFactory.getLogger(WorkerEndpoint.class);

  private static final String TAKEN_OVER = "the same worker has begun another session";
  private static final String TOKEN_ENDED = "the token is good no more";

  private final Dispatcher dispatcher;
  private final CommandLoop loop;
  private final Optional<Listening> listening;
  private final Gatekeeper gatekeeper;
  private final WorkerLimits limits;
  private final Sessions sessions;

  /** {@code listening} is empty for the worker of this process. */
  WorkerEndpoint(
      Dispatcher dispatcher,
      CommandLoop loop,
      Gatekeeper gatekeeper,
      Optional<Listening> listening) {
    this.dispatcher = dispatcher;
    this.loop = loop;
    this.gatekeeper = gatekeeper;
    this.listening = listening;
    this.limits = listening.map(Listening::limits).orElse(WorkerLimits.NONE);
    this.sessions = new Sessions(limits);
  }

  @Override
  public StreamObserver<FromWorker> connect(StreamObserver<ToWorker> out) {
    Session session = new Session(out, Admission.guest());
    session.begin();
    return session;
  }

  private final class Session implements StreamObserver<FromWorker>, Seat {
    private final StreamObserver<ToWorker> out;
    private final Admission.Guest caller;
    private final Gathering<Answer> answers =
        new Gathering<>("answers", gathered -> send(message().setAnswers(all(gathered))));
    private volatile @Nullable Guest guest;
    private volatile Runnable unwatch = () -> {};
    private volatile boolean ended;

    /** Who sits here. */
    private record Guest(Dispatcher.Place place, Actor actor) {}

    Session(StreamObserver<ToWorker> out, Admission.Guest caller) {
      this.out = out;
      this.caller = caller;
    }

    void begin() {
      Optional<String> full =
          sessions.begin(this, caller.caller().token(), () -> end(Status.ABORTED, TAKEN_OVER));
      if (full.isPresent()) {
        refuse(Status.RESOURCE_EXHAUSTED, Reason.SESSIONS, full.get());
      } else {
        unwatch = gatekeeper.watch(caller.caller(), () -> end(Status.UNAUTHENTICATED, TOKEN_ENDED));
        if (ended) {
          leave();
        }
      }
    }

    // ---- from the worker

    @Override
    public void onNext(FromWorker message) {
      Guest seated = guest;
      try {
        if (ended) {
          LOG.debug("a message came after the end of its session");
        } else if (message.getMessageCase() == FromWorker.MessageCase.HELLO) {
          greet(message.getHello());
        } else if (seated == null) {
          end(Status.INVALID_ARGUMENT, "the first message of a session is Hello");
        } else {
          take(message, seated);
        }
      } catch (IllegalArgumentException | IllegalStateException bad) {
        end(Status.INVALID_ARGUMENT, "not understood: " + bad.getMessage());
      }
    }

    private void greet(Hello hello) {
      if (guest != null) {
        end(Status.INVALID_ARGUMENT, "a session has one Hello");
        return;
      }
      int tasks = Math.max(hello.getCapacity(), hello.getHeldCount());
      if (tasks > limits.tasksPerSession()) {
        refuse(
            Status.PERMISSION_DENIED,
            Reason.TASKS,
            "a worker has at most %d tasks at once here, and this one asks for %d: begin it with"
                    .formatted(limits.tasksPerSession(), tasks)
                + " fewer --tasks, or set workers.tasksPerSession");
        return;
      }
      Profile profile = Messages.profile(hello);
      Optional<String> full = sessions.seat(this, profile.instance());
      if (full.isPresent()) {
        refuse(Status.RESOURCE_EXHAUSTED, Reason.SESSIONS, full.get());
      } else {
        welcome(hello, profile);
      }
    }

    private void welcome(Hello hello, Profile profile) {
      Actor actor = new Actor("worker " + profile.name());
      send(
          message()
              .setWelcome(
                  Welcome.newBuilder()
                      .setSession(UUID.randomUUID().toString())
                      .setLeaseMillis(Dispatcher.LEASE.toMillis())
                      .setHeartbeatMillis(Dispatcher.HEARTBEAT.toMillis())
                      .setHttpPort(listening.map(Listening::httpPort).orElse(0))
                      .setHttpOverTls(listening.flatMap(Listening::tls).isPresent())));
      guest = new Guest(dispatcher.join(profile, this, Messages.held(hello)), actor);
      if (ended) {
        leave();
      }
    }

    private void take(FromWorker message, Guest guest) {
      guest.place().heard();
      switch (message.getMessageCase()) {
        case REPORTS ->
            message.getReports().getReportsList().forEach(report -> handle(report, guest));
        case GIVE_BACK -> guest.place().giveBack(Messages.leases(message.getGiveBack()));
        case ABANDONED -> guest.place().abandoned(Messages.leases(message.getAbandoned()));
        case DRAINING -> guest.place().drain();
        case HEARTBEAT, HELLO -> {}
        case MESSAGE_NOT_SET -> LOG.debug("a message of a newer worker is not understood");
      }
    }

    private void handle(Report report, Guest guest) {
      Lease lease = Messages.lease(report.getLease());
      var _ =
          loop.submit(Messages.command(report, guest.actor()))
              .whenComplete((reply, outage) -> {
                Answer.Builder answer = Answer.newBuilder().setLease(report.getLease());
                if (outage == null) {
                  guest.place().finished(lease, isWell(report, reply));
                  answers.add(answer(answer, reply));
                } else {
                  answers.add(
                      answer
                          .setOutcome(Answer.Outcome.UNKNOWN)
                          .setReason(String.valueOf(outage.getMessage()))
                          .build());
                }
              });
    }

    private static boolean isWell(Report report, Reply reply) {
      return reply instanceof Reply.Accepted && !report.getType().contains("failed");
    }

    private static Answer answer(Answer.Builder answer, Reply reply) {
      return switch (reply) {
        case Reply.Accepted _ -> answer.setOutcome(Answer.Outcome.ACCEPTED).build();
        case Reply.Refused(var refusal) -> refused(answer, refusal.toString());
        case Reply.LeaseLost _ -> refused(answer, "the lease was lost");
        case Reply.Conflict _ -> refused(answer, "the run has changed");
      };
    }

    private static Answer refused(Answer.Builder answer, String reason) {
      return answer.setOutcome(Answer.Outcome.REFUSED).setReason(reason).build();
    }

    @Override
    public void onError(Throwable failure) {
      LOG.info("a worker's session broke: {}", Status.fromThrowable(failure).getCode());
      leave();
    }

    @Override
    public void onCompleted() {
      leave();
      end(out::onCompleted);
    }

    private void refuse(Status status, Reason reason, String why) {
      gatekeeper.refused(caller.refused(reason, why));
      end(status, why);
    }

    private void end(Status status, String why) {
      end(() -> out.onError(status.withDescription(why).asRuntimeException()));
      leave();
    }

    private void leave() {
      unwatch.run();
      sessions.end(this);
      answers.close();
      Guest seated = guest;
      if (seated != null) {
        seated.place().leave();
      }
    }

    // ---- to the worker

    private static ToWorker.Builder message() {
      return ToWorker.newBuilder();
    }

    private static Answers all(List<Answer> answers) {
      return Answers.newBuilder().addAllAnswers(answers).build();
    }

    /** A stream that is broken takes nothing, and its end is told by {@link #onError}. */
    private synchronized void send(ToWorker.Builder message) {
      if (!ended) {
        try {
          out.onNext(message.build());
        } catch (RuntimeException broken) {
          ended = true;
          LOG.debug("a worker's session broke", broken);
        }
      }
    }

    private synchronized void end(Runnable last) {
      if (!ended) {
        ended = true;
        last.run();
      }
    }

    @Override
    public void assign(List<LeasedTask> tasks) {
      send(message().setAssignments(Messages.assignments(tasks)));
    }

    @Override
    public void stop(Set<Lease> leases) {
      send(message().setStop(Messages.leases(leases)));
    }

    @Override
    public void instruct(Lease lease, List<String> everything) {
      send(
          message()
              .setInstructions(
                  Instructions.newBuilder()
                      .setLease(Messages.lease(lease))
                      .addAllEverything(everything)));
    }

    @Override
    public void renewed() {
      send(message().setRenewed(Renewed.getDefaultInstance()));
    }

    @Override
    public void drain() {
      send(message().setDrain(Drain.getDefaultInstance()));
    }
  }
}
