package dev.capstan.server.rest;

import dev.capstan.api.CheckProject;
import dev.capstan.api.ProjectCheckView;
import dev.capstan.api.ProjectCheckView.FindingView;
import dev.capstan.api.ProjectCheckView.LanguageView;
import dev.capstan.control.access.Scope;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.server.auth.Allowed;
import dev.capstan.worker.Workshop;
import dev.capstan.workspace.validation.Validated;
import dev.capstan.workspace.validation.Validation;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Whether repositories can be worked on. Looking at one fetches it, so a run starts at once. */
@RestController
@RequestMapping("/api/v1/projects/check")
public final class CheckController {
  private static final int AT_ONCE = 4;

  private final Workshop workshop;
  private final Semaphore free = new Semaphore(AT_ONCE, true);

  public CheckController(Workshop workshop) {
    this.workshop = workshop;
  }

  /** Says whether a repository can be worked on. */
  @Allowed(Scope.OPERATOR)
  @PostMapping
  ProjectCheckView check(@RequestBody CheckProject request) throws InterruptedException {
    Bodies.complete(request);
    Project project = WantedProject.of(workshop.projects(), request.project(), request.source());
    free.acquire();
    try {
      return view(
          project, Validation.of(workshop.git(), project.id(), project.source(), request.base()));
    } finally {
      free.release();
    }
  }

  private static ProjectCheckView view(Project project, Validated found) {
    return new ProjectCheckView(
        project.id().value(),
        project.source(),
        found.usable(),
        found.findings().stream()
            .map(one ->
                new FindingView(
                    one.name(),
                    one.state().name().toLowerCase(Locale.ROOT),
                    one.detail(),
                    one.remedy()))
            .toList(),
        found.branch(),
        found.commit(),
        found.toolchain(),
        found.languages().stream()
            .map(language -> new LanguageView(language.name(), language.files()))
            .toList());
  }
}
