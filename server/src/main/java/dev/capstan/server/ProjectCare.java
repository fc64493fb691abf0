package dev.capstan.server;

import dev.capstan.control.records.ProjectHealth;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import java.util.List;

/**
 * Fetches every registered project, so that runs find its mirror warm, and records whether its
 * source could be reached and has a branch to begin from.
 */
final class ProjectCare {
  private static final int PAGE = 100;

  private final Projects projects;
  private final GitStore git;
  private final ProjectHealth health;

  ProjectCare(Projects projects, GitStore git, ProjectHealth health) {
    this.projects = projects;
    this.git = git;
    this.health = health;
  }

  /** Says in words how many are well. */
  String lookAfterAll() throws InterruptedException {
    int all = 0;
    int well = 0;
    List<Project> page = projects.list("", PAGE);
    while (!page.isEmpty()) {
      for (Project project : page) {
        all++;
        well += lookAfter(project) ? 1 : 0;
      }
      page = projects.list(page.getLast().id().value(), PAGE);
    }
    return well + " of " + all + " projects are well";
  }

  private boolean lookAfter(Project project) throws InterruptedException {
    try {
      git.mirror(project.id(), project.source());
      health.record(project.id(), true, "at " + git.resolve(project.id(), "").commit());
      return true;
    } catch (GitFailure failure) {
      if (Thread.interrupted()) {
        throw new InterruptedException(failure.getMessage());
      }
      health.record(project.id(), false, String.valueOf(failure.getMessage()));
      return false;
    }
  }
}
