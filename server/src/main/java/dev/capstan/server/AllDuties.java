package dev.capstan.server;

import dev.capstan.control.TaskQueue;
import dev.capstan.control.cluster.Duty;
import dev.capstan.control.records.Retention;
import dev.capstan.server.admin.AuditExport;
import dev.capstan.server.knowledge.MemoryKeeper;
import dev.capstan.server.wishes.Schedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What one of the servers does for all, and how often. */
final class AllDuties {
  private AllDuties() {}

  /** {@code projects} are fetched, and the audit exported, only where the settings say so. */
  static List<Duty> of(
      Settings settings,
      TaskQueue queue,
      OpenEffects effects,
      Schedule schedule,
      Retention retention,
      MemoryKeeper memories,
      ProjectCare projects,
      Optional<AuditExport> auditExport) {
    List<Duty> duties = new ArrayList<>();
    duties.add(
        new Duty(
            "leases",
            "give back what workers that died had leased",
            Duration.ofSeconds(5),
            () -> queue.sweep() + " tasks became ready"));
    duties.add(
        new Duty(
            "triggers",
            "ask for the runs whose time has come",
            Duration.ofSeconds(10),
            () -> schedule.tick() + " runs were asked for"));
    duties.add(
        new Duty(
            "effects",
            "find what was done outside and not recorded",
            Duration.ofMinutes(1),
            () -> effects.settle() + " effects were settled"));
    duties.add(
        new Duty(
            "retention",
            "delete what is over and old",
            Duration.ofHours(1),
            () -> "deleted " + retention.delete(settings.ages())));
    duties.add(
        new Duty(
            "memory",
            "remember the steps that have ended",
            Duration.ofSeconds(10),
            () -> memories.keepUp() + " steps were remembered"));
    if (!settings.projectsEvery().isZero()) {
      duties.add(
          new Duty(
              "projects",
              "fetch every project and see whether it is well",
              settings.projectsEvery(),
              projects::lookAfterAll));
    }
    auditExport.ifPresent(export ->
        duties.add(
            new Duty(
                "audit-export",
                "copy what is new of the audit into a bucket",
                settings.auditExportEvery(),
                export::copy)));
    return List.copyOf(duties);
  }
}
