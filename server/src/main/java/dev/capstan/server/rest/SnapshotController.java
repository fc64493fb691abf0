package dev.capstan.server.rest;

import dev.capstan.api.Page;
import dev.capstan.api.SnapshotComparison;
import dev.capstan.api.SnapshotSummary;
import dev.capstan.api.SnapshotView;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Baselines.Known;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.verification.Measurement;
import dev.capstan.verification.MeasurementCodec;
import dev.capstan.worker.Workshop;
import java.io.IOException;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * What was measured of a project's commits. A snapshot is named by its id, the beginning of its
 * commit or {@code latest}; of several the newest is meant.
 */
@RestController
@RequestMapping("/api/v1/projects/{project}/snapshots")
public final class SnapshotController {
  private static final int SHORTEST_NAME = 4;

  private final Workshop workshop;

  public SnapshotController(Workshop workshop) {
    this.workshop = workshop;
  }

  /** What was measured of a project, newest first. */
  @Allowed(Scope.READER)
  @GetMapping
  Page<SnapshotSummary> list(
      @PathVariable String project,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(defaultValue = "50") int limit) {
    return Pages.of(
        workshop.baselines().list(known(project), Pages.place(after), Pages.wanted(limit)),
        limit,
        SnapshotViews::summary,
        snapshot -> Pages.after(snapshot.place()));
  }

  /** A snapshot with its cases and files. */
  @Allowed(Scope.READER)
  @GetMapping("/{snapshot}")
  SnapshotView show(@PathVariable String project, @PathVariable String snapshot)
      throws IOException {
    Known known = find(project, snapshot);
    return SnapshotViews.view(known, measurement(known));
  }

  /** Cases and files as one table. */
  @Allowed(Scope.READER)
  @GetMapping(path = "/{snapshot}/csv", produces = "text/csv;charset=UTF-8")
  String csv(@PathVariable String project, @PathVariable String snapshot) throws IOException {
    return SnapshotCsv.of(show(project, snapshot));
  }

  /** What is different in a later snapshot. */
  @Allowed(Scope.READER)
  @GetMapping("/{from}/compare/{to}")
  SnapshotComparison compare(
      @PathVariable String project, @PathVariable String from, @PathVariable String to)
      throws IOException {
    return SnapshotDifference.between(show(project, from), show(project, to));
  }

  private ProjectId known(String project) {
    ProjectId id = new ProjectId(project);
    if (workshop.projects().find(id).isEmpty()) {
      throw ApiException.notFound("there is no project " + id);
    }
    return id;
  }

  private Known find(String project, String name) {
    return workshop.baselines().list(known(project), Optional.empty(), Integer.MAX_VALUE).stream()
        .filter(known -> isNamed(known, name))
        .findFirst()
        .orElseThrow(
            () -> ApiException.notFound("project " + project + " has no snapshot " + name));
  }

  private static boolean isNamed(Known known, String name) {
    return name.equals("latest")
        || SnapshotViews.id(known).equals(name)
        || (name.length() >= SHORTEST_NAME && known.commit().value().startsWith(name));
  }

  private Measurement measurement(Known known) throws IOException {
    if (!workshop.store().holds(known.baseline().measurement())) {
      throw ApiException.notFound(
          "the measurement of " + SnapshotViews.id(known) + " is no longer among the artifacts");
    }
    return MeasurementCodec.read(workshop.store().text(known.baseline().measurement()));
  }
}
