package dev.capstan.server.auth;

import dev.capstan.control.access.Access;
import dev.capstan.control.access.OrganisationId;
import dev.capstan.control.records.Projects;
import dev.capstan.core.ProjectId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Projects for whoever asks, and the rule about repositories: a folder of the server's machine may
 * hold what is not theirs.
 */
public final class VisibleProjects implements Projects {
  private static final Pattern REMOTE =
      Pattern.compile("(?i)(?:https?|ssh|git)://.+|[\\w.-]+@[\\w.-]+:[^/].*");

  private final Projects projects;
  private final Callers callers;
  private final Path data;

  /** {@code projects} are those that whoever asks may see; {@code data} is the data folder. */
  public VisibleProjects(Projects projects, Callers callers, Path data) {
    this.projects = projects;
    this.callers = callers;
    this.data = data;
  }

  @Override
  public void admit(String source) {
    Access access = callers.access();
    if (access instanceof Access.Everything || REMOTE.matcher(source).matches()) {
      return;
    }
    if (!access.home().isDefault()) {
      throw new IllegalArgumentException(
          "the organisation "
              + access.home()
              + " works on repositories with a URL (https, ssh, git), not on folders of the"
              + " server's machine: "
              + source);
    }
    String path = source.replaceFirst("^(?i)file:(?://)?", "");
    if (path.indexOf(0) >= 0 || Path.of(path).toAbsolutePath().normalize().startsWith(data)) {
      throw new IllegalArgumentException("the data folder holds no repositories to work on");
    }
  }

  @Override
  public OrganisationId home() {
    return projects.home();
  }

  @Override
  public Optional<OrganisationId> ownerOf(ProjectId id) {
    return projects.ownerOf(id);
  }

  @Override
  public void register(Project project) {
    admit(project.source());
    projects.register(project);
  }

  @Override
  public Optional<Project> find(ProjectId id) {
    return projects.find(id);
  }

  @Override
  public List<Project> list(String after, int most) {
    return projects.list(after, most);
  }
}
