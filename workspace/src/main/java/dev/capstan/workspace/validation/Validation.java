package dev.capstan.workspace.validation;

import dev.capstan.core.CommitId;
import dev.capstan.core.ProjectId;
import dev.capstan.workspace.git.GitFailure;
import dev.capstan.workspace.git.GitStore;
import dev.capstan.workspace.git.GitStore.Resolved;
import dev.capstan.workspace.git.Inventory;
import dev.capstan.workspace.toolchain.Detection;
import dev.capstan.workspace.toolchain.Toolchain;
import dev.capstan.workspace.toolchain.Toolchains;
import dev.capstan.workspace.validation.Finding.State;
import dev.capstan.workspace.validation.Validated.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks at a repository: can it be reached, is it a git repository, is the branch there, does it
 * hold anything, is there a toolchain, are its tools on this machine. It fetches the mirror, so a
 * run that follows starts at once. Nothing of the repository is started.
 */
public final class Validation {
  private static final String REACHABLE = "reachable";
  private static final String REPOSITORY = "a git repository";
  private static final String BRANCH = "branch exists";
  private static final String FILES = "not empty";
  private static final String TOOLCHAIN = "toolchain found";
  private static final String TOOLS = "tools installed";
  private static final List<String> ALL =
      List.of(REACHABLE, REPOSITORY, BRANCH, FILES, TOOLCHAIN, TOOLS);

  private final GitStore git;
  private final ProjectId project;
  private final List<Finding> findings = new ArrayList<>();
  private List<Language> languages = List.of();
  private String branch = "";
  private String commit = "";
  private String toolchain = "";

  private Validation(GitStore git, ProjectId project) {
    this.git = git;
    this.project = project;
  }

  /**
   * Looks at everything that can be looked at.
   *
   * @param source a URL or an absolute path
   * @param base a branch, tag or commit; "" is the default branch
   */
  public static Validated of(GitStore git, ProjectId project, String source, String base)
      throws InterruptedException {
    Validation validation = new Validation(git, project);
    if (validation.mirrors(source) && validation.resolves(base)) {
      validation.holds(new CommitId(validation.commit));
    }
    return validation.result();
  }

  private boolean mirrors(String source) throws InterruptedException {
    if (source.startsWith("/") && !Files.isDirectory(Path.of(source))) {
      findings.add(
          Finding.bad(
              REACHABLE,
              "there is no folder " + source,
              "Check the path; a repository elsewhere is named by its URL."));
      return false;
    }
    try {
      git.mirror(project, source);
      findings.add(Finding.good(REACHABLE, "its branches and tags are fetched"));
      findings.add(Finding.good(REPOSITORY, "git reads it"));
      return true;
    } catch (GitFailure failure) {
      findings.add(refused(failure));
      return false;
    }
  }

  /** Git tells the kinds of failure in words only; the store has put what to do before them. */
  private Finding refused(GitFailure failure) {
    String why = String.valueOf(failure.getMessage());
    if (why.contains("is empty; make a first commit")) {
      findings.add(Finding.good(REACHABLE, "it answers"));
      findings.add(Finding.good(REPOSITORY, "git reads it"));
      return Finding.bad(FILES, "it has no commit", "Make a first commit and push it.");
    }
    if (why.contains("it is not a git repository")) {
      return Finding.bad(
          REPOSITORY, why, "Check the address; a new folder becomes one by git init and a commit.");
    }
    return Finding.bad(
        REACHABLE,
        why,
        failure.recoverable()
            ? "Three tries were made. Check the network and try again."
            : "Check the address and who may read it.");
  }

  private boolean resolves(String base) {
    try {
      Resolved resolved = git.resolve(project, base);
      branch = resolved.branch();
      commit = resolved.commit().value();
      String name = branch.isEmpty() ? base : branch;
      findings.add(Finding.good(BRANCH, name + " is at " + resolved.commit().abbreviated()));
      return true;
    } catch (GitFailure failure) {
      findings.add(
          Finding.bad(
              BRANCH,
              String.valueOf(failure.getMessage()),
              "Name a branch, tag or commit that the repository has; git ls-remote lists them."));
      return false;
    }
  }

  private void holds(CommitId at) {
    Inventory inventory = git.inventory(project, at);
    if (inventory.files() == 0) {
      findings.add(Finding.bad(FILES, "the commit has no file", "Commit something to work on."));
      return;
    }
    languages = Languages.of(git.paths(project, at));
    findings.add(Finding.good(FILES, inventory.files() + " files"));
    tools(git.look(project, at, Toolchains::detect));
    findings.addAll(Peculiarities.of(inventory));
  }

  private void tools(Detection detection) {
    switch (detection) {
      case Detection.Found(var found) -> {
        toolchain = found.name();
        findings.add(
            Finding.good(TOOLCHAIN, found.name() + ": " + String.join("; ", found.because())));
        findings.add(installed(found));
      }
      case Detection.Nothing(var message) ->
          findings.add(
              Finding.bad(
                  TOOLCHAIN, message, "Tell it in " + Toolchain.CONFIGURATION + ": capstan init."));
      case Detection.Broken(var message) ->
          findings.add(Finding.bad(TOOLCHAIN, message, "Mend that file and commit it."));
    }
  }

  private static Finding installed(Toolchain toolchain) {
    List<String> missing =
        toolchain.executables().stream().filter(name -> !Toolchains.isInstalled(name)).toList();
    return missing.isEmpty()
        ? Finding.good(TOOLS, String.join(", ", toolchain.executables()))
        : Finding.bad(
            TOOLS,
            String.join(", ", missing) + " not found on the PATH",
            "Install what is missing on the machine of the server; capstan doctor says how.");
  }

  private Validated result() {
    for (String name : ALL) {
      if (findings.stream().noneMatch(one -> one.name().equals(name))) {
        findings.add(
            new Finding(name, State.NOT_CHECKED, "something before it must be mended first", ""));
      }
    }
    return new Validated(findings, branch, commit, languages, toolchain);
  }
}
