package dev.capstan.worker.protocol;

import dev.capstan.api.worker.Assignment;
import dev.capstan.api.worker.Assignments;
import dev.capstan.api.worker.Hello;
import dev.capstan.api.worker.Leases;
import dev.capstan.api.worker.Report;
import dev.capstan.control.Capabilities;
import dev.capstan.control.Envelope;
import dev.capstan.control.Lease;
import dev.capstan.control.LeasedTask;
import dev.capstan.control.codec.ReportCodec;
import dev.capstan.control.codec.TaskCodec;
import dev.capstan.control.dispatch.Profile;
import dev.capstan.core.Actor;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.run.RunCommand;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Between the messages of the protocol and what they mean. What another process sent and is not
 * understood throws {@link IllegalArgumentException} or {@link IllegalStateException}.
 */
public final class Messages {
  private Messages() {}

  // ---- leases

  public static dev.capstan.api.worker.Lease lease(Lease lease) {
    return dev.capstan.api.worker.Lease.newBuilder()
        .setTask(lease.task())
        .setToken(lease.token())
        .build();
  }

  public static Lease lease(dev.capstan.api.worker.Lease lease) {
    return new Lease(lease.getTask(), lease.getToken());
  }

  public static Leases leases(Collection<Lease> leases) {
    return Leases.newBuilder().addAllLeases(leases.stream().map(Messages::lease).toList()).build();
  }

  public static Set<Lease> leases(Leases leases) {
    return leases(leases.getLeasesList());
  }

  private static Set<Lease> leases(List<dev.capstan.api.worker.Lease> leases) {
    return leases.stream().map(Messages::lease).collect(Collectors.toSet());
  }

  // ---- workers

  public static Hello hello(Profile profile, Collection<Lease> held) {
    Capabilities able = profile.capabilities();
    return Hello.newBuilder()
        .setName(profile.name())
        .setInstance(profile.instance())
        .setVersion(profile.version())
        .setCapacity(profile.capacity())
        .setCapabilities(
            dev.capstan.api.worker.Capabilities.newBuilder()
                .addAllKinds(able.kinds())
                .addAllEngines(able.engines())
                .addAllLabels(able.labels()))
        .addAllHeld(held.stream().map(Messages::lease).toList())
        .build();
  }

  public static Profile profile(Hello hello) {
    return new Profile(
        hello.getName(),
        hello.getInstance(),
        hello.getVersion(),
        hello.getCapacity(),
        new Capabilities(
            Set.copyOf(hello.getCapabilities().getKindsList()),
            Set.copyOf(hello.getCapabilities().getEnginesList()),
            Set.copyOf(hello.getCapabilities().getLabelsList())));
  }

  public static Set<Lease> held(Hello hello) {
    return leases(hello.getHeldList());
  }

  // ---- tasks

  public static Assignments assignments(List<LeasedTask> tasks) {
    return Assignments.newBuilder()
        .addAllAssignments(tasks.stream().map(Messages::assignment).toList())
        .build();
  }

  private static Assignment assignment(LeasedTask task) {
    return Assignment.newBuilder()
        .setLease(lease(task.lease()))
        .setRun(task.run().value())
        .setProject(task.project().value())
        .setKind(task.kind())
        .setBody(TaskCodec.writeWhole(task.task()))
        .setCorrelation(task.correlation())
        .setTrace(task.trace())
        .setWaitedMillis(task.waited().toMillis())
        .build();
  }

  public static LeasedTask task(Assignment assignment) {
    return new LeasedTask(
        lease(assignment.getLease()),
        new RunId(assignment.getRun()),
        new ProjectId(assignment.getProject()),
        TaskCodec.readWhole(assignment.getKind(), assignment.getBody()),
        assignment.getCorrelation(),
        assignment.getTrace(),
        Duration.ofMillis(assignment.getWaitedMillis()));
  }

  // ---- reports

  public static Report report(LeasedTask task, RunCommand report) {
    return Report.newBuilder()
        .setLease(lease(task.lease()))
        .setRun(task.run().value())
        .setType(ReportCodec.name(report))
        .setBody(ReportCodec.write(report))
        .setCorrelation(task.correlation())
        .setCausation("task " + task.task().key())
        .setTrace(task.trace())
        .build();
  }

  /** The command that a report is, valid only while its lease is held. */
  public static Envelope command(Report report, Actor worker) {
    return new Envelope(
        new RunId(report.getRun()),
        ReportCodec.read(report.getType(), report.getBody()),
        worker,
        report.getCorrelation(),
        report.getCausation(),
        report.getTrace(),
        new Envelope.Condition.Holding(lease(report.getLease())));
  }
}
