package dev.capstan.server.rest;

import dev.capstan.api.PolicyChoice;
import dev.capstan.api.PolicyPackView;
import dev.capstan.api.PolicyView;
import dev.capstan.control.access.Access;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.ProjectId;
import dev.capstan.core.policy.Layer;
import dev.capstan.core.policy.Policy;
import dev.capstan.server.auth.Allowed;
import dev.capstan.server.auth.Callers;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.toolchain.PolicyFile;
import dev.capstan.workspace.toolchain.Toolchain;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Policy packs, and what holds for a project. */
@RestController
@RequestMapping("/api/v1/policies")
public final class PolicyController {
  private final PolicyPacks packs;
  private final Projects projects;
  private final GitStore git;
  private final Callers callers;

  public PolicyController(PolicyPacks packs, Projects projects, GitStore git, Callers callers) {
    this.callers = callers;
    this.packs = packs;
    this.projects = projects;
    this.git = git;
  }

  /** The policy packs. */
  @Allowed(Scope.READER)
  @GetMapping
  List<PolicyPackView> list() {
    return packs.all().stream()
        .map(pack -> new PolicyPackView(pack.name(), pack.version(), pack.summary()))
        .toList();
  }

  /** What a run started now on the default branch would have to keep. */
  @Allowed(Scope.READER)
  @GetMapping("/effective")
  PolicyView effective(
      @RequestParam(defaultValue = "") String project,
      @RequestParam(defaultValue = "") String source)
      throws InterruptedException {
    if (project.isEmpty() && source.isEmpty()) {
      return PolicyViews.view("", packs.usual(), "");
    }
    Project wanted = WantedProject.of(projects, project, source);
    ProjectId id = wanted.id();
    Policy installed = packs.policy(id);
    try {
      return PolicyViews.view(id.value(), installed.tightenedBy(asked(id, wanted.source())), "");
    } catch (GitFailure failure) {
      return PolicyViews.view(
          id.value(), installed, "the repository's own part is not known: " + failure.getMessage());
    }
  }

  private Project registered(ProjectId id) {
    return projects.find(id).orElseThrow(() -> ApiException.notFound("there is no project " + id));
  }

  private Layer asked(ProjectId id, String source) throws InterruptedException {
    git.mirror(id, source);
    return PolicyFile.repository(
        git.content(id, git.resolve(id, "").commit(), Toolchain.CONFIGURATION, PolicyFile.LARGEST)
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .orElse(""));
  }

  /** Chooses the pack of a project, or of all that have none of their own. */
  @Allowed(Scope.MAINTAINER)
  @PostMapping("/choice")
  PolicyView choose(@RequestBody PolicyChoice choice) {
    Bodies.complete(choice);
    if (choice.project().isEmpty()) {
      if (!(callers.access() instanceof Access.Everything)) {
        throw ApiException.forbidden(
            "the pack of all projects is chosen by an admin of the installation; name a project");
      }
      packs.chooseUsual(choice.pack());
      return PolicyViews.view("", packs.usual(), "");
    }
    ProjectId id = registered(new ProjectId(choice.project())).id();
    packs.choose(id, choice.pack());
    return PolicyViews.view(id.value(), packs.policy(id), "");
  }
}
