package dev.capstan.server.rest;

import dev.capstan.api.HaltRequest;
import dev.capstan.api.HaltView;
import dev.capstan.control.HaltService;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Halts;
import dev.capstan.control.records.Halts.Reach;
import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The emergency stop of more than one run; one run is halted like anything else is asked of it. */
@RestController
@RequestMapping("/api/v1")
public final class HaltController {
  private static final int LONGEST_REASON = 1_000;

  private final HaltService halts;
  private final Projects projects;
  private final Callers callers;

  public HaltController(HaltService halts, Projects projects, Callers callers) {
    this.halts = halts;
    this.projects = projects;
    this.callers = callers;
  }

  /** What is halted, of what one may see or is under. */
  @Allowed(Scope.READER)
  @GetMapping("/halts")
  List<HaltView> list() {
    return halts.list().stream().map(HaltController::view).toList();
  }

  /** Stops everything that one may see at once: the installation, or one's organisation. */
  @Allowed(Scope.ADMIN)
  @PostMapping("/halts")
  List<HaltView> haltAll(@RequestBody HaltRequest request, HttpServletRequest from) {
    return halt(everything(), request, from);
  }

  /** Lets everything go on. */
  @Allowed(Scope.ADMIN)
  @DeleteMapping("/halts")
  List<HaltView> liftAll(HttpServletRequest from) {
    return lift(everything(), from);
  }

  /** Stops everything of a project at once. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/projects/{project}/halt")
  List<HaltView> halt(
      @PathVariable String project, @RequestBody HaltRequest request, HttpServletRequest from) {
    return halt(known(project), request, from);
  }

  /** Lets a project go on. */
  @Allowed(Scope.MAINTAINER)
  @DeleteMapping("/projects/{project}/halt")
  List<HaltView> lift(@PathVariable String project, HttpServletRequest from) {
    return lift(known(project), from);
  }

  private List<HaltView> halt(Reach reach, HaltRequest request, HttpServletRequest from) {
    Bodies.complete(request);
    String reason = request.reason().strip();
    if (reason.isEmpty() || reason.length() > LONGEST_REASON) {
      throw ApiException.invalid("a reason has 1 to " + LONGEST_REASON + " characters");
    }
    halts.halt(reach, reason, Requests.of(callers, from, 0));
    return list();
  }

  private List<HaltView> lift(Reach reach, HttpServletRequest from) {
    halts.lift(reach, Requests.of(callers, from, 0));
    return list();
  }

  private Reach everything() {
    return switch (callers.access()) {
      case Access.Everything _ -> new Reach.Everything();
      case Access.Within(var organisation) -> new Reach.Organisation(organisation);
      case Access.Only(_, var project) -> new Reach.Project(project);
    };
  }

  private Reach known(String project) {
    return projects
        .find(new ProjectId(project))
        .<Reach>map(found -> new Reach.Project(found.id()))
        .orElseThrow(() -> ApiException.notFound("there is no project " + project));
  }

  private static HaltView view(Halts.Halt halt) {
    return switch (halt.reach()) {
      case Reach.Everything _ -> view("installation", "", halt);
      case Reach.Organisation(var id) -> view("organisation", id.value(), halt);
      case Reach.Project(var id) -> view("project", id.value(), halt);
    };
  }

  private static HaltView view(String reach, String id, Halts.Halt halt) {
    return new HaltView(reach, id, halt.why(), halt.by(), halt.at());
  }
}
