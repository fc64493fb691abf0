package dev.capstan.worker;

import dev.capstan.api.worker.Answer;
import dev.capstan.api.worker.Draining;
import dev.capstan.api.worker.FromWorker;
import dev.capstan.api.worker.Heartbeat;
import dev.capstan.api.worker.Report;
import dev.capstan.api.worker.Reports;
import dev.capstan.api.worker.ToWorker;
import dev.capstan.api.worker.Welcome;
import dev.capstan.api.worker.WorkerProtocolGrpc;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.codec.ReportCodec;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.core.run.RunCommand;
import dev.capstan.core.run.Task;
import dev.capstan.engines.Instructions;
import dev.capstan.worker.protocol.BearerToken;
import dev.capstan.worker.protocol.Gathering;
import dev.capstan.worker.protocol.Messages;
import dev.capstan.worker.tracing.TaskTrace;
import dev.capstan.worker.tracing.Tracing;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what its server assigns, side by side, and reports. A task whose lease is lost is stopped
 * and its result thrown away; a result that could not be reported is repeated until it is answered.
 *
 * <p>A session that breaks is taken up again, with the tasks that are under way. A worker that does
 * not hear from its server for as long as a lease lasts stops everything it does, by itself.
 */
public final class Worker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /** A server that says nothing for so long is lost; otherwise it prolongs leases more often. */
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(12);

  private final WorkerProtocolGrpc.WorkerProtocolStub server;
  private final Performer performer;
  private final Tracing tracing;
  private final Profile profile;
  private final Consumer<String> says;
  private final Runnable lost;
  private final Map<Lease, Thread> underWay = new ConcurrentHashMap<>();
  private final Map<Lease, Instructions> told = new ConcurrentHashMap<>();
  private final Map<Lease, Report> unanswered = new ConcurrentHashMap<>();
  private final CountDownLatch gone = new CountDownLatch(1);
  private final Thread keeper;
  private volatile @Nullable Session session;
  private volatile @Nullable Welcome welcome;
  private volatile @Nullable String refusal;
  private volatile long deadline;
  private volatile boolean draining;
  private volatile boolean closed;

  /** Starts at once, with the one server there is. */
  public Worker(
      Channel channel, String token, Performer performer, Profile profile, Consumer<String> says) {
    this(channel, token, performer, profile, says, Tracing.OFF, () -> {});
  }

  /**
   * Starts at once.
   *
   * @param channel to the server; it is not closed with the worker
   * @param token lets it in
   * @param says told when a session begins or breaks, for people
   * @param lost told when a session broke, before the next is begun by the same channel
   */
  public Worker(
      Channel channel,
      String token,
      Performer performer,
      Profile profile,
      Consumer<String> says,
      Tracing tracing,
      Runnable lost) {
    this.says = says;
    this.tracing = tracing;
    this.lost = lost;
    this.server = WorkerProtocolGrpc.newStub(channel).withCallCredentials(new BearerToken(token));
    this.performer = performer;
    this.profile = profile;
    this.keeper = Thread.ofPlatform().name("worker").start(this::keep);
  }

  // ---- sessions

  /** Holds a session open, one after another, until the worker is closed. */
  private void keep() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!closed && refusal == null) {
        Session opened = new Session();
        session = opened;
        opened.open();
        boolean welcomed = opened.live();
        pause = welcomed ? FIRST_PAUSE : longer(pause);
        if (!closed && refusal == null && !(draining && underWay.isEmpty())) {
          lost.run();
          awaitNext(pause);
        } else {
          return;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      gone.countDown();
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }

  private void awaitNext(Duration pause) throws InterruptedException {
    Thread.sleep(pause);
    stopIfCutOff();
  }

  /** Nobody prolongs the leases, so others may have the tasks already. */
  private void stopIfCutOff() {
    if (!underWay.isEmpty() && System.nanoTime() - deadline > 0) {
      LOG.warn("the server was not heard for as long as a lease lasts: all work is stopped");
      underWay.values().forEach(Thread::interrupt);
      underWay.clear();
      unanswered.clear();
    }
  }

  /** One connection to the server. */
  private final class Session implements StreamObserver<ToWorker> {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Gathering<Report> reports =
        new Gathering<>("reports", gathered -> send(message().setReports(all(gathered))));
    private volatile @Nullable StreamObserver<FromWorker> out;
    private volatile boolean welcomed;
    private volatile long leaseNanos;
    private volatile long heartbeatMillis = FIRST_PAUSE.toMillis();
    private volatile long heard = System.nanoTime();

    void open() {
      out = server.connect(this);
      send(message().setHello(Messages.hello(profile, underWay.keySet())));
    }

    /** Says now and then that we are there, until it ends; true if we were let in. */
    boolean live() throws InterruptedException {
      try {
        while (!ended.await(heartbeatMillis, TimeUnit.MILLISECONDS)) {
          send(message().setHeartbeat(Heartbeat.getDefaultInstance()));
          stopIfCutOff();
          leaveIfSilent();
          if (draining && underWay.isEmpty() && unanswered.isEmpty()) {
            complete();
          }
        }
        return welcomed;
      } finally {
        reports.close();
      }
    }

    /** The connection may be cut without anybody being told. */
    private void leaveIfSilent() {
      if (System.nanoTime() - heard > LONGEST_SILENCE.toNanos()
          && out instanceof ClientCallStreamObserver<FromWorker> call) {
        call.cancel("the server is silent", null);
      }
    }

    private static Reports all(List<Report> reports) {
      return Reports.newBuilder().addAllReports(reports).build();
    }

    private static FromWorker.Builder message() {
      return FromWorker.newBuilder();
    }

    /** A stream that is broken takes nothing; what matters is said again in the next session. */
    private synchronized void send(FromWorker.Builder message) {
      StreamObserver<FromWorker> stream = out;
      if (stream != null && ended.getCount() > 0) {
        try {
          stream.onNext(message.build());
        } catch (IllegalStateException broken) {
          LOG.debug("the session broke", broken);
        }
      }
    }

    private synchronized void complete() {
      StreamObserver<FromWorker> stream = out;
      if (stream != null && ended.getCount() > 0) {
        stream.onCompleted();
      }
    }

    @Override
    public void onNext(ToWorker message) {
      heard = System.nanoTime();
      switch (message.getMessageCase()) {
        case WELCOME -> welcome(message.getWelcome());
        case RENEWED -> prolong();
        case ASSIGNMENTS ->
            message.getAssignments().getAssignmentsList().stream()
                .map(Messages::task)
                .forEach(Worker.this::begin);
        case STOP -> Messages.leases(message.getStop()).forEach(Worker.this::stop);
        case ANSWERS -> message.getAnswers().getAnswersList().forEach(this::answered);
        case DRAIN -> drain();
        case INSTRUCTIONS -> instruct(message.getInstructions());
        case MESSAGE_NOT_SET -> LOG.debug("a message of a newer server is not understood");
      }
    }

    private void welcome(Welcome welcome) {
      Worker.this.welcome = welcome;
      leaseNanos = TimeUnit.MILLISECONDS.toNanos(welcome.getLeaseMillis());
      heartbeatMillis = welcome.getHeartbeatMillis();
      prolong();
      welcomed = true;
      says.accept("connected to the server");
      if (draining) {
        send(message().setDraining(Draining.getDefaultInstance()));
      }
      unanswered.values().forEach(reports::add);
    }

    private void prolong() {
      deadline = System.nanoTime() + leaseNanos;
    }

    private void answered(Answer answer) {
      Lease lease = Messages.lease(answer.getLease());
      Report report = unanswered.get(lease);
      switch (answer.getOutcome()) {
        case ACCEPTED -> settled(lease);
        case REFUSED -> {
          LOG.info(
              "the report of {} of run {} was not accepted: {}",
              report == null ? "a task" : report.getCausation(),
              report == null ? "?" : report.getRun(),
              answer.getReason());
          settled(lease);
        }
        case UNKNOWN, OUTCOME_UNSPECIFIED, UNRECOGNIZED -> repeat(answer, report);
      }
    }

    private void repeat(Answer answer, @Nullable Report report) {
      if (report != null) {
        LOG.warn("a report waits for the store: {}", answer.getReason());
        Thread.ofVirtual()
            .start(() -> {
              try {
                Thread.sleep(FIRST_PAUSE);
                reports.add(report);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
      }
    }

    @Override
    public void onError(Throwable failure) {
      if (!closed) {
        Status status = Status.fromThrowable(failure);
        String why = status.getCode() + ": " + status.getDescription();
        LOG.warn("the session with the server broke: {}", why);
        says.accept("the session with the server broke: " + why);
        if (status.getCode() == Status.Code.UNAUTHENTICATED
            || status.getCode() == Status.Code.PERMISSION_DENIED) {
          refusal = why;
        }
      }
      ended.countDown();
    }

    @Override
    public void onCompleted() {
      ended.countDown();
    }
  }

  private void settled(Lease lease) {
    unanswered.remove(lease);
    underWay.remove(lease);
  }

  // ---- tasks

  private void begin(LeasedTask task) {
    Instructions instructions = new Instructions(toldBefore(task.task()));
    Thread thread =
        Thread.ofVirtual()
            .name(task.run() + "/" + task.task().key())
            .unstarted(() -> perform(task, instructions));
    if (underWay.putIfAbsent(task.lease(), thread) == null) {
      told.put(task.lease(), instructions);
      thread.start();
    }
  }

  /** What comes after the work has ended is for a later attempt, whose task says it. */
  private void instruct(dev.capstan.api.worker.Instructions message) {
    Instructions instructions = told.get(Messages.lease(message.getLease()));
    if (instructions != null) {
      instructions.tell(message.getEverythingList());
    }
  }

  private void stop(Lease lease) {
    unanswered.remove(lease);
    Thread thread = underWay.remove(lease);
    if (thread != null) {
      thread.interrupt();
    }
  }

  private static List<String> toldBefore(Task task) {
    return task instanceof Task.Execute(_, var attempt) ? attempt.instructions() : List.of();
  }

  private void perform(LeasedTask task, Instructions instructions) {
    try (TaskTrace trace = tracing.begin(task)) {
      perform(trace.task(), instructions, trace);
    }
  }

  private void perform(LeasedTask task, Instructions instructions, TaskTrace trace) {
    Optional<RunCommand> report = Optional.empty();
    try {
      report = performer.perform(task, instructions);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      LOG.error("task {} of run {} ended without a report", task.task().key(), task.run(), failure);
    } finally {
      told.remove(task.lease());
    }
    if (report.isPresent()) {
      trace.reports(ReportCodec.name(report.get()));
      report(task, report.get());
    } else if (!closed && underWay.remove(task.lease()) != null) {
      tell(FromWorker.newBuilder().setAbandoned(Messages.leases(Set.of(task.lease()))));
    }
  }

  private void report(LeasedTask task, RunCommand command) {
    if (!underWay.containsKey(task.lease())) {
      return;
    }
    Report report = Messages.report(task, command);
    unanswered.put(task.lease(), report);
    Session now = session;
    if (now != null && now.welcomed) {
      now.reports.add(report);
    }
  }

  private void tell(FromWorker.Builder message) {
    Session now = session;
    if (now != null) {
      now.send(message);
    }
  }

  /** Why the server does not want it, for which it has gone; empty if it does. */
  public Optional<String> refusal() {
    return Optional.ofNullable(refusal);
  }

  /** What the server last said of itself; empty before it was reached. */
  public Optional<Welcome> welcome() {
    return Optional.ofNullable(welcome);
  }

  // ---- the end

  /** Takes nothing more; {@link #awaitGone} returns when what is under way is done. */
  public void drain() {
    draining = true;
    tell(FromWorker.newBuilder().setDraining(Draining.getDefaultInstance()));
  }

  /** Waits until it has gone by itself after {@link #drain}, or was closed. */
  public void awaitGone() throws InterruptedException {
    gone.await();
  }

  /** Stops what is under way and gives it back, to be done by the next worker. */
  @Override
  public void close() {
    closed = true;
    try {
      Set<Lease> undone = new HashSet<>(underWay.keySet());
      List<Thread> threads = List.copyOf(underWay.values());
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
      Session last = session;
      if (last != null) {
        undone.removeAll(unanswered.keySet());
        if (!undone.isEmpty()) {
          last.send(FromWorker.newBuilder().setGiveBack(Messages.leases(undone)));
        }
        last.complete();
        if (!last.ended.await(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
          LOG.warn("the server did not say goodbye; leases end by themselves");
        }
      }
      keeper.interrupt();
      keeper.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
