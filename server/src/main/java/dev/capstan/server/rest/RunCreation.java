package dev.capstan.server.rest;

import dev.capstan.api.CreateRun;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Projects;
import dev.capstan.control.records.Projects.Project;
import dev.capstan.core.ContentHash;
import dev.capstan.core.ProjectId;
import dev.capstan.core.RunId;
import dev.capstan.core.Sha256;
import dev.capstan.core.plan.Plan;
import dev.capstan.core.run.Brief;
import dev.capstan.core.run.RunPolicy;
import dev.capstan.engines.Engine;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Turns a request into the brief of a run, and registers its project if need be. */
public final class RunCreation {
  private static final int LONGEST_GOAL = 2_000;

  private final Projects projects;
  private final Predicate<ContentHash> uploaded;
  private final PolicyPacks packs;
  private final EngineCheck engines;

  /** {@code uploaded} tells whether an artifact is there. */
  public RunCreation(
      Projects projects,
      Predicate<ContentHash> uploaded,
      PolicyPacks packs,
      Map<String, Engine> engines) {
    this.projects = projects;
    this.packs = packs;
    this.uploaded = uploaded;
    this.engines = new EngineCheck(engines);
  }

  Brief brief(CreateRun request) {
    if (request.goal().isBlank() || request.goal().length() > LONGEST_GOAL) {
      throw ApiException.invalid("a goal has 1 to " + LONGEST_GOAL + " characters");
    }
    ProjectId project = project(request);
    Brief brief =
        new Brief(
                new RunId(request.id()),
                project,
                request.goal().strip(),
                request.base(),
                PlanDocuments.plan(request.plan()),
                policy(request),
                PlanDocuments.stops(request.plan()))
            .under(packs.policy(project));
    require(brief.plan());
    brief.forbiddenEngine().ifPresent(RunCreation::notAllowed);
    return brief;
  }

  /** Refuses a plan that no engine here could carry out, or whose files are not here. */
  void require(Plan plan) {
    engines.require(plan);
    plan.steps().stream()
        .flatMap(step -> step.engines().stream())
        .flatMap(work -> work.files().entrySet().stream())
        .filter(file -> !uploaded.test(file.getValue()))
        .findFirst()
        .ifPresent(file -> missing(file.getKey()));
  }

  private static void notAllowed(String why) {
    throw ApiException.invalid(why);
  }

  private static void missing(String name) {
    throw ApiException.invalid("the file " + name + " was not uploaded");
  }

  private static RunPolicy policy(CreateRun request) {
    RunPolicy standard = RunPolicy.DEFAULT;
    return new RunPolicy(
        request.approvePlan() ? RunPolicy.PlanApproval.PERSON : RunPolicy.PlanApproval.AUTOMATIC,
        request.parallelSteps() > 0 ? request.parallelSteps() : standard.parallelSteps(),
        PlanDocuments.retries(request.plan()),
        standard.retry(),
        standard.failedAttempts(),
        standard.patience(),
        standard.partial(),
        standard.rules());
  }

  private ProjectId project(CreateRun request) {
    ProjectId id =
        request.project().isEmpty()
            ? derived(projects.home(), request.source())
            : new ProjectId(request.project());
    Optional<Project> known = projects.find(id);
    if (request.source().isEmpty()) {
      return known
          .orElseThrow(() ->
              ApiException.notFound("there is no project " + id + "; name its repository too"))
          .id();
    }
    if (known.isPresent() && !known.get().source().equals(request.source())) {
      throw ApiException.invalid(
          "project " + id + " is registered with another repository: " + known.get().source());
    }
    if (known.isEmpty()) {
      requireFree(projects, id);
      projects.register(new Project(id, request.source(), 1));
    }
    return id;
  }

  /** What belongs to others is, for whoever asks, not there. */
  static void requireFree(Projects projects, ProjectId id) {
    if (projects.ownerOf(id).isPresent()) {
      throw ApiException.notFound("there is no project " + id + " that this token may see");
    }
  }

  /** So that the same repository is another project for another organisation. */
  public static ProjectId derived(OrganisationId home, String source) {
    return home.isDefault() ? derived(source) : derived(source, home + "\n" + source);
  }

  /**
   * The repository's name and a few digits of its whole address, so that two of one name stay
   * apart.
   */
  public static ProjectId derived(String source) {
    return derived(source, source);
  }

  private static ProjectId derived(String source, String whole) {
    String path = source.replaceAll("/+$", "").replaceAll("[.]git$", "");
    String name =
        path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1)
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^a-z0-9]+", "-")
            .replaceAll("^-+|-+$", "");
    return new ProjectId(
        (name.isEmpty() ? "project" : name.substring(0, Math.min(40, name.length())))
            + "-"
            + Sha256.hex(whole).substring(0, 6));
  }
}
